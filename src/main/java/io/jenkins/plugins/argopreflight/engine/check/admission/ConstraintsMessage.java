package io.jenkins.plugins.argopreflight.engine.check.admission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of OpenShift's message {@code unable to validate against any security context constraint: [provider
 * "anyuid": Forbidden: not usable by user or serviceaccount, provider restricted-v2: .containers[0].runAsUser: …]}.
 *
 * @param unusable the constraints that neither the requester nor the pod's ServiceAccount can use
 * @param reasons the reasons of the refusal of the other constraints, by constraint
 * @see <a href="https://github.com/openshift/apiserver-library-go/tree/release-4.18/pkg/securitycontextconstraints/sccadmission">
 *     sccadmission</a>
 */
record ConstraintsMessage(List<String> unusable, Map<String, List<String>> reasons) {

    private static final Pattern PROVIDER = Pattern.compile("provider \"?([\\w.-]+)\"?: ");
    private static final String NOT_USABLE = "Forbidden: not usable by user or serviceaccount";

    /** Parses the message of a server. */
    static ConstraintsMessage of(String message) {
        List<String> unusable = new ArrayList<>();
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        Matcher provider = PROVIDER.matcher(message);
        int start = -1;
        String name = "";
        while (provider.find()) {
            add(name, start < 0 ? "" : message.substring(start, provider.start()), unusable, reasons);
            name = provider.group(1);
            start = provider.end();
        }
        add(name, start < 0 ? "" : message.substring(start), unusable, reasons);
        return new ConstraintsMessage(List.copyOf(unusable), reasons);
    }

    private static void add(String name, String text, List<String> unusable, Map<String, List<String>> reasons) {
        String reason = text.strip().replaceAll("(?<![,\\]\\s])[,\\]\\s]++$", "");
        if (reason.isEmpty()) {
            return;
        }
        if (reason.startsWith(NOT_USABLE)) {
            unusable.add(name);
        } else {
            String closed = reason.chars().filter(c -> c == '[').count()
                            > reason.chars().filter(c -> c == ']').count()
                    ? reason + "]"
                    : reason;
            reasons.computeIfAbsent(name, key -> new ArrayList<>()).add(closed);
        }
    }
}
