package io.jenkins.plugins.argopreflight.engine.argo.model;

import java.util.Optional;

/**
 * The assumptions about the controller where it could not be read: the source of its version, and the reasons why
 * Argo's defaults are assumed.
 *
 * @param version the source of Argo's version
 * @param settings reason why its ConfigMap is assumed to be empty; NONE if it was read, or does not exist
 * @param flags reason why it is assumed to be started without flags; NONE if they are known
 * @param environment reason why its environment is assumed to be empty; NONE if it was read
 * @param executorImage reason why the executor image is assumed to be that of the release; NONE if it is known
 * @param plugins reason why it is assumed that no executor plugin is installed; NONE if this is known
 */
public record ControllerAssumptions(
        VersionSource version,
        Reason settings,
        Reason flags,
        Reason environment,
        Reason executorImage,
        Reason plugins) {

    static final ControllerAssumptions NOTHING = new ControllerAssumptions(
            VersionSource.REPORTED, Reason.NONE, Reason.NONE, Reason.NONE, Reason.NONE, Reason.NONE);

    /** A source of Argo's version. */
    public enum VersionSource {
        /** The controller, its snapshot, or the request. */
        REPORTED,
        /** The tag of the executor image, since the controller's version could not be read. */
        EXECUTOR_IMAGE,
        /** The newest release that Argo Preflight knows, since no version could be read. */
        NEWEST
    }

    /**
     * The reason of an assumption.
     *
     * @param text the reason in a sentence; "" if nothing is assumed
     * @param unread the fact of the cluster that could not be read; empty if nothing is assumed, or if what was read
     *     does not have the value
     */
    public record Reason(String text, Optional<Missing> unread) {

        public static final Reason NONE = new Reason("", Optional.empty());

        /** Returns whether nothing is assumed. */
        public boolean isEmpty() {
            return text.isEmpty();
        }

        /** Returns the problem with the unread fact as its cause. */
        public Problem addTo(Problem problem) {
            return unread.map(problem::because).orElse(problem);
        }
    }
}
