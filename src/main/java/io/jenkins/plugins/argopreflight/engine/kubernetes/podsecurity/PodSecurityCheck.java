package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import java.util.Arrays;

/**
 * The checks of Pod Security, with the reason and the field of their violations. A baseline check and a restricted
 * check are one constant if they refuse a pod with the same reason.
 *
 * @see <a href="https://github.com/kubernetes/pod-security-admission/tree/v0.34.4/policy">policy/check_*.go</a>
 */
public enum PodSecurityCheck {
    ALLOW_PRIVILEGE_ESCALATION("allowPrivilegeEscalation != false", "securityContext.allowPrivilegeEscalation"),
    APP_ARMOR_PROFILE("forbidden AppArmor profile", "securityContext"),
    CAPABILITIES_BASELINE("non-default capabilities", "securityContext.capabilities"),
    CAPABILITIES_RESTRICTED("unrestricted capabilities", "securityContext.capabilities"),
    HOST_NAMESPACES("host namespaces", "hostNetwork"),
    HOST_PATH_VOLUMES("hostPath volumes", "volumes"),
    HOST_PORTS("hostPort", "ports"),
    HOST_PROBES_AND_HOST_LIFECYCLE("probe or lifecycle host", "securityContext"),
    PRIVILEGED("privileged", "securityContext.privileged"),
    PROC_MOUNT("procMount", "securityContext.procMount"),
    RESTRICTED_VOLUMES("restricted volume types", "volumes"),
    RUN_AS_NON_ROOT("runAsNonRoot != true", "securityContext.runAsNonRoot"),
    RUN_AS_USER("runAsUser=0", "securityContext.runAsUser"),
    SECCOMP_PROFILE("seccompProfile", "securityContext.seccompProfile"),
    SE_LINUX_OPTIONS("seLinuxOptions", "securityContext.seLinuxOptions"),
    SYSCTLS("forbidden sysctls", "securityContext.sysctls"),
    WINDOWS_HOST_PROCESS("hostProcess", "securityContext"),

    /** A check that this version of Argo Preflight does not have, of a newer API server. */
    OTHER("", "securityContext");

    private final String reason;
    private final String field;

    PodSecurityCheck(String reason, String field) {
        this.reason = reason;
        this.field = field;
    }

    /** Returns the check of an API server's reason, such as {@code forbidden AppArmor profiles}. */
    static PodSecurityCheck of(String reason) {
        return Arrays.stream(values())
                .filter(check -> reason.startsWith(check.reason))
                .findFirst()
                .orElseThrow();
    }

    /** The API server's reason, in the singular; {@code ""} for another check. */
    String reason() {
        return reason;
    }

    /** The field that violates the check; for the namespaces of the host, one of several fields. */
    String field() {
        return field;
    }
}
