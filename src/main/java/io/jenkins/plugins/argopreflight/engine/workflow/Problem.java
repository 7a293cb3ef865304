package io.jenkins.plugins.argopreflight.engine.workflow;

import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import java.util.Optional;

/**
 * Something that keeps pods from being made, or from being told.
 *
 * @param path the field, in the object at the location
 * @param mend another object that has to be made or mended
 */
public record Problem(Kind kind, Location location, String path, String message, Optional<Mend> mend) {

    public Problem(Kind kind, Location location, String path, String message) {
        this(kind, location, path, message, Optional.empty());
    }

    /** What kind of thing it is. */
    public enum Kind {
        /** A reference to something that is not there. */
        MISSING_REFERENCE,
        /** A reference that nobody could look up. */
        UNKNOWN_REFERENCE,
        /** Argo refuses it. */
        REFUSED,
        /** A value that is not there yet when Argo substitutes it: the node never starts. */
        TOO_EARLY,
        /** A workflow parameter without a value, in a workflow that is submitted as it is. */
        NO_VALUE,
        /** A workflow parameter that the submitter of a template has to give. */
        NEEDS_VALUE,
        /** An argument that the template does not take. */
        SUPERFLUOUS,
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
