package io.jenkins.plugins.argopreflight.engine.check.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of the message {@code violates PodSecurity "LEVEL:VERSION": REASON (DETAIL), REASON (DETAIL)}.
 *
 * @see <a href="https://github.com/kubernetes/pod-security-admission/tree/v0.34.4/policy">policy/check_*.go</a>
 */
record PodSecurityMessage(String level, List<Violation> violations) {

    private static final Pattern MESSAGE = Pattern.compile("violates PodSecurity \"([^\"]+)\": (.*)", Pattern.DOTALL);
    private static final Pattern VIOLATION =
            Pattern.compile("([^(]+?) \\(((?:\"[^\"]*+\"|[^()\"]++|\\([^()]*+\\))*+)\\)(?:, |$)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    /**
     * A reason of the refusal.
     *
     * @param reason the reason, such as {@code runAsNonRoot != true}
     * @param detail the affected containers or volumes, and their requirement
     */
    record Violation(String reason, String detail) {

        /** Returns the names of containers or volumes, in the order of the pod. */
        List<String> names() {
            String subjects = detail.split(" must | uses? ", 2)[0];
            List<String> names = new ArrayList<>();
            Matcher quoted = QUOTED.matcher(subjects);
            while (quoted.find()) {
                names.add(quoted.group(1));
            }
            return names;
        }

        /** Returns whether the reason concerns containers, and not the pod or its volumes. */
        boolean concernsContainers() {
            return detail.contains("container ") || detail.contains("containers ");
        }

        /**
         * Returns the field that violates the level: below a container if {@link #concernsContainers()}, otherwise
         * below the pod.
         */
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

    /** Parses the message of a server; empty if Pod Security did not refuse the object. */
    static Optional<PodSecurityMessage> of(String message) {
        Matcher violationsMatch = MESSAGE.matcher(message);
        if (!violationsMatch.find()) {
            return Optional.empty();
        }
        List<Violation> violations = new ArrayList<>();
        Matcher violation = VIOLATION.matcher(violationsMatch.group(2));
        while (violation.find()) {
            violations.add(new Violation(violation.group(1), violation.group(2)));
        }
        return Optional.of(new PodSecurityMessage(violationsMatch.group(1), violations));
    }
}
