package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import java.util.Optional;

/** A rule of the Pod Security Standards at one version. */
@FunctionalInterface
interface Control {

    Optional<Violation> check(CheckedPod pod);

    /** Returns this rule, but it accepts pods of Windows: their fields must not be set there. */
    default Control exceptOnWindows() {
        return pod -> pod.isWindows() ? Optional.empty() : check(pod);
    }

    /** Returns this rule, but it accepts pods with a user namespace of their own. */
    default Control exceptInUserNamespace() {
        return pod -> pod.hasUserNamespace() ? Optional.empty() : check(pod);
    }
}
