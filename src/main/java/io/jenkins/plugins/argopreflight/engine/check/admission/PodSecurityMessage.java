package io.jenkins.plugins.argopreflight.engine.check.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code violates PodSecurity "LEVEL:VERSION": REASON (DETAIL), REASON (DETAIL)}, taken apart.
 *
 * @see <a href="https://github.com/kubernetes/pod-security-admission/tree/v0.34.4/policy">policy/check_*.go</a>
 */
record PodSecurityWords(String level, List<Violation> violations) {

    private static final Pattern WHOLE = Pattern.compile("violates PodSecurity \"([^\"]+)\": (.*)", Pattern.DOTALL);
    private static final Pattern ONE =
            Pattern.compile("([^(]+?) \\(((?:\"[^\"]*+\"|[^()\"]++|\\([^()]*+\\))*+)\\)(?:, |$)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    /**
     * One reason.
     *
     * @param reason such as {@code runAsNonRoot != true}
     * @param detail which containers or volumes, and what they must do
     */
    record Violation(String reason, String detail) {

        /** Names of containers, or of volumes, in the order of the pod. */
        List<String> names() {
            String who = detail.split(" must | uses? ", 2)[0];
            List<String> names = new ArrayList<>();
            Matcher quoted = QUOTED.matcher(who);
            while (quoted.find()) {
                names.add(quoted.group(1));
            }
            return names;
        }

        /** Whether it is about containers, and not about the pod or its volumes. */
        boolean ofContainers() {
            return detail.contains("container ") || detail.contains("containers ");
        }

        /** The pod's field that breaks it, below a container or, when {@code !ofContainers}, the pod. */
        String field() {
            String lower = reason.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("host namespaces")) {
                return detail.split("=", 2)[0].strip();
            }
            if (lower.contains("volume")) {
                return "volumes";
            }
            if (lower.startsWith("hostport")) {
                return "ports";
            }
            for (String known : List.of(
                    "privileged",
                    "allowPrivilegeEscalation",
                    "runAsNonRoot",
                    "runAsUser",
                    "seccompProfile",
                    "capabilities",
                    "seLinuxOptions",
                    "procMount",
                    "appArmorProfile",
                    "sysctls")) {
                if (lower.contains(known.toLowerCase(java.util.Locale.ROOT))) {
                    return "securityContext." + known;
                }
            }
            return "securityContext";
        }
    }

    static Optional<PodSecurityWords> of(String words) {
        Matcher whole = WHOLE.matcher(words);
        if (!whole.find()) {
            return Optional.empty();
        }
        List<Violation> violations = new ArrayList<>();
        Matcher one = ONE.matcher(whole.group(2));
        while (one.find()) {
            violations.add(new Violation(one.group(1), one.group(2)));
        }
        return Optional.of(new PodSecurityWords(whole.group(1), violations));
    }
}
