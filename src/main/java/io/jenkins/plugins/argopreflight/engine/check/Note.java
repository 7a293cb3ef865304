package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.model.fact.Label;

/**
 * A statement of a report about its own run, such as an approximation. It never fails a build.
 *
 * @param kind the label of its {@link Kind}
 * @param subject the field that it is about; a suppression is of kind {@code Ignore}
 * @param title the title, at most {@value Title#MAX_CHARACTERS} characters
 * @param detail the meaning, and what can be done; never a secret
 */
public record Note(String kind, Subject subject, String title, String detail) {

    /** The kinds of notes. The labels are part of the JSON contract. */
    public enum Kind {
        /** A pod was checked in place of many equal ones. */
        APPROXIMATE_PODS,
        /** The name of an image is known only at run time. */
        IMAGE_UNRESOLVED,
        /** A listed pull Secret could not be read, and the pulls work without it. */
        SECRET_UNREAD,
        /** A pull could not be checked, and no deadline ends the workflow. */
        NO_DEADLINE,
        /** The last day of a suppression is over. */
        IGNORE_EXPIRED,
        /** A suppression names a check that was removed. */
        IGNORE_RETIRED
    }

    /** Creates a note. {@link Title#format} creates the title. */
    public static Note of(Kind kind, Subject subject, String title, String detail) {
        return new Note(Label.of(kind), subject, title, detail);
    }
}
