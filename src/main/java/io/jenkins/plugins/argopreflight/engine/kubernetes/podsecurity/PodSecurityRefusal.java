package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The refusal of a pod by Pod Security.
 *
 * @param policy the level and its version, such as {@code restricted:latest}
 */
public record PodSecurityRefusal(String policy, List<Violation> violations) {

    private static final Pattern MESSAGE = Pattern.compile("violates PodSecurity \"([^\"]+)\": (.*)", Pattern.DOTALL);
    private static final Pattern VIOLATION =
            Pattern.compile("([^(]+?) \\(((?:\"[^\"]*+\"|[^()\"]++|\\([^()]*+\\))*+)\\)(?:, |$)");
    private static final Pattern OBJECTS =
            Pattern.compile("(?:pod (?:and|or) )?(container|volume)s? (\"[^\"]*+\"(?:, \"[^\"]*+\")*+)");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    public PodSecurityRefusal {
        violations = List.copyOf(violations);
    }

    /**
     * Parses the message of an API server; empty if Pod Security did not refuse the object.
     *
     * @see <a href="https://github.com/kubernetes/pod-security-admission/tree/v0.34.4/policy">policy/check_*.go</a>
     */
    public static Optional<PodSecurityRefusal> parse(String message) {
        Matcher refusal = MESSAGE.matcher(message);
        if (!refusal.find()) {
            return Optional.empty();
        }
        List<Violation> violations = new ArrayList<>();
        Matcher violation = VIOLATION.matcher(refusal.group(2));
        while (violation.find()) {
            violations.add(violation(violation.group(1), violation.group(2)));
        }
        return Optional.of(new PodSecurityRefusal(refusal.group(1), violations));
    }

    private static Violation violation(String reason, String detail) {
        Matcher objects = OBJECTS.matcher(detail);
        List<String> names = objects.lookingAt()
                ? QUOTED.matcher(objects.group(2))
                        .results()
                        .map(name -> name.group(1))
                        .toList()
                : List.of();
        PodSecurityCheck check = PodSecurityCheck.of(reason);
        Violation violation = names.isEmpty() || objects.group(1).equals("container")
                ? Violation.ofContainers(check, names, detail)
                : Violation.ofVolumes(check, names, detail);
        return (check == PodSecurityCheck.HOST_NAMESPACES
                        ? violation.withField(detail.split("=", 2)[0].strip())
                        : violation)
                .withReason(reason);
    }

    /** Returns the API server's message: {@code violates PodSecurity "LEVEL:VERSION": REASON (DETAIL), …}. */
    public String message() {
        return "violates " + summary();
    }

    /** Returns the API server's warning: {@code would violate PodSecurity "LEVEL:VERSION": REASON (DETAIL), …}. */
    public String warning() {
        return "would violate " + summary();
    }

    private String summary() {
        return "PodSecurity \"" + policy + "\": "
                + violations.stream().map(Violation::toString).collect(Collectors.joining(", "));
    }
}
