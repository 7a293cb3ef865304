package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import static io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.CheckedPod.isFalse;
import static io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.CheckedPod.isTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The checks of the user of containers, and whether they can become another user. */
final class Users {

    private Users() {}

    static Optional<Violation> allowPrivilegeEscalation(CheckedPod pod) {
        List<String> bad = pod.containerNamesByContext(context -> !isFalse(context.path("allowPrivilegeEscalation")));
        return bad.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofContainers(
                        PodSecurityCheck.ALLOW_PRIVILEGE_ESCALATION,
                        bad,
                        Words.named("container", bad) + " must set securityContext.allowPrivilegeEscalation=false"));
    }

    static Optional<Violation> runAsNonRoot(CheckedPod pod) {
        JsonNode ofPod = pod.securityContext().path("runAsNonRoot");
        List<String> bad = pod.containerNamesByContext(context -> isFalse(context.path("runAsNonRoot")));
        List<String> setters = Words.setters(isFalse(ofPod), bad);
        if (!setters.isEmpty()) {
            return Optional.of(Violation.ofContainers(
                    PodSecurityCheck.RUN_AS_NON_ROOT,
                    bad,
                    Words.and(setters) + " must not set securityContext.runAsNonRoot=false"));
        }
        List<String> silent =
                pod.containerNamesByContext(context -> !isTrue(ofPod) && !isTrue(context.path("runAsNonRoot")));
        return silent.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofContainers(
                        PodSecurityCheck.RUN_AS_NON_ROOT,
                        silent,
                        "pod or " + Words.named("container", silent) + " must set securityContext.runAsNonRoot=true"));
    }

    static Optional<Violation> runAsUser(CheckedPod pod) {
        List<String> bad = pod.containerNamesByContext(Users::isRoot);
        List<String> setters = Words.setters(isRoot(pod.securityContext()), bad);
        return setters.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofContainers(
                        PodSecurityCheck.RUN_AS_USER, bad, Words.and(setters) + " must not set runAsUser=0"));
    }

    private static boolean isRoot(JsonNode context) {
        JsonNode user = context.path("runAsUser");
        return user.isNumber() && user.asLong() == 0;
    }
}
