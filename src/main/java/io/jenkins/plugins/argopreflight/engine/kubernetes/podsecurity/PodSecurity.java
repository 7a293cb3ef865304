package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import static io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurityRule.baseline;
import static io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurityRule.restricted;
import static io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurityRule.since;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security Standards</a> of
 * Kubernetes 1.0 to 1.37, with the API server's messages; source: k8s.io/pod-security-admission/policy.
 */
public final class PodSecurity {

    private static final List<PodSecurityRule> CHECKS = List.of(
                    baseline("privileged", since(0, HostChecks::privileged)),
                    baseline("hostNamespaces", since(0, HostChecks::hostNamespaces)),
                    baseline("hostPathVolumes", since(0, HostChecks::hostPathVolumes)),
                    baseline("hostPorts", since(0, HostChecks::hostPorts)),
                    baseline("hostProbesAndHostLifecycle", since(34, HostChecks::hostProbesAndHostLifecycle)),
                    baseline("windowsHostProcess", since(0, HostChecks::windowsHostProcess)),
                    baseline("capabilities_baseline", since(0, Capabilities::baseline)),
                    baseline("appArmorProfile", since(0, Profiles::appArmor)),
                    baseline(
                            "seLinuxOptions",
                            since(0, SeLinux.types(SeLinux.TYPES)),
                            since(31, SeLinux.types(SeLinux.TYPES_31))),
                    baseline(
                            "procMount",
                            since(0, Profiles::procMount),
                            since(35, ((Control) Profiles::procMount).exceptInUserNamespace())),
                    baseline(
                            "seccompProfile_baseline",
                            since(0, Profiles::seccompAnnotations),
                            since(19, Profiles::seccomp)),
                    baseline("sysctls", Sysctls.revisions()),
                    restricted("restrictedVolumes", "hostPathVolumes", since(0, VolumeTypes::restricted)),
                    restricted(
                            "allowPrivilegeEscalation",
                            "",
                            since(8, Users::allowPrivilegeEscalation),
                            since(25, ((Control) Users::allowPrivilegeEscalation).exceptOnWindows())),
                    restricted(
                            "runAsNonRoot",
                            "",
                            since(0, Users::runAsNonRoot),
                            since(35, ((Control) Users::runAsNonRoot).exceptInUserNamespace())),
                    restricted(
                            "runAsUser",
                            "",
                            since(23, Users::runAsUser),
                            since(35, ((Control) Users::runAsUser).exceptInUserNamespace())),
                    restricted(
                            "seccompProfile_restricted",
                            "seccompProfile_baseline",
                            since(19, Profiles::seccompRequired),
                            since(25, ((Control) Profiles::seccompRequired).exceptOnWindows())),
                    restricted(
                            "capabilities_restricted",
                            "capabilities_baseline",
                            since(22, Capabilities::restricted),
                            since(25, ((Control) Capabilities::restricted).exceptOnWindows())),
                    restricted("procMount_restricted", "procMount", since(35, Profiles::procMount)))
            .stream()
            .sorted(Comparator.comparing(PodSecurityRule::level).thenComparing(PodSecurityRule::id))
            .toList();

    private PodSecurity() {}

    /**
     * Returns the refusal of a pod; empty if the pod is accepted.
     *
     * @param pod with metadata and spec
     * @param clusterMinor the API server's minor version 1.N: it knows no later rules, whatever the policy's version
     */
    public static Optional<PodSecurityRefusal> refusal(LevelVersion policy, JsonNode pod, int clusterMinor) {
        int minor = Math.min(policy.minor(), clusterMinor);
        List<PodSecurityRule> checks = CHECKS.stream()
                .filter(check -> check.level().compareTo(policy.level()) <= 0
                        && check.at(minor).isPresent())
                .toList();
        Set<String> overridden = checks.stream().map(PodSecurityRule::overrides).collect(Collectors.toSet());
        CheckedPod checked = new CheckedPod(pod);
        List<Violation> violations = checks.stream()
                .filter(check -> !overridden.contains(check.id()))
                .flatMap(check -> check.at(minor).orElseThrow().check(checked).stream())
                .toList();
        return violations.isEmpty()
                ? Optional.empty()
                : Optional.of(new PodSecurityRefusal(policy.toString(), violations));
    }
}
