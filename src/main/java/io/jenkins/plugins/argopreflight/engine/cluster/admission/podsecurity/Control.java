package io.jenkins.plugins.argopreflight.engine.cluster.admission.podsecurity;

import java.util.Optional;

/** One rule of the Pod Security Standards at one version. */
@FunctionalInterface
interface Control {

    Optional<Violation> check(CheckedPod pod);

    /** The same, but let pods of Windows in: their fields must not be set there. */
    default Control exceptOnWindows() {
        return pod -> pod.isWindows() ? Optional.empty() : check(pod);
    }

    /** The same, but let pods in that have a user namespace of their own. */
    default Control exceptInUserNamespace() {
        return pod -> pod.hasUserNamespace() ? Optional.empty() : check(pod);
    }
}
