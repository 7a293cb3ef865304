package io.jenkins.plugins.argopreflight.engine.workflow;

import io.jenkins.plugins.argopreflight.engine.manifest.Location;

/**
 * Something that keeps pods from being made, or from being told.
 *
 * @param path the field, in the object at the location
 */
public record Problem(Kind kind, Location location, String path, String message) {

    /** What kind of thing it is. */
    public enum Kind {
        /** A reference to something that is not there. */
        MISSING_REFERENCE,
        /** A reference that nobody could look up. */
        UNKNOWN_REFERENCE,
        /** Argo refuses it. */
        REFUSED,
        /** One pod stands for many, or few rounds of a recursion for all. */
        ABRIDGED,
        /** We stopped looking: too many nodes. */
        BOUNDED,
        /** An Argo version that we do not know. */
        VERSION
    }

    @Override
    public String toString() {
        return location + ": " + path + ": " + message;
    }
}
