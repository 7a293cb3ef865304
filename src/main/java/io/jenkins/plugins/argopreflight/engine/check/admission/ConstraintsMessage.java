package io.jenkins.plugins.argopreflight.engine.check.admission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OpenShift's wall of text {@code unable to validate against any security context constraint: [provider "anyuid":
 * Forbidden: not usable by user or serviceaccount, provider restricted-v2: .containers[0].runAsUser: …]}, taken apart.
 *
 * @param unusable constraints that neither the requester nor the pod's ServiceAccount can use
 * @param reasons why the others refuse, by constraint
 * @see <a href="https://github.com/openshift/apiserver-library-go/tree/release-4.18/pkg/securitycontextconstraints/sccadmission">
 *     sccadmission</a>
 */
record ConstraintWords(List<String> unusable, Map<String, List<String>> reasons) {

    private static final Pattern PROVIDER = Pattern.compile("provider \"?([\\w.-]+)\"?: ");
    private static final String NOT_USABLE = "Forbidden: not usable by user or serviceaccount";

    static ConstraintWords of(String words) {
        List<String> unusable = new ArrayList<>();
        Map<String, List<String>> reasons = new LinkedHashMap<>();
        Matcher provider = PROVIDER.matcher(words);
        int from = -1;
        String name = "";
        while (provider.find()) {
            add(name, from < 0 ? "" : words.substring(from, provider.start()), unusable, reasons);
            name = provider.group(1);
            from = provider.end();
        }
        add(name, from < 0 ? "" : words.substring(from), unusable, reasons);
        return new ConstraintWords(List.copyOf(unusable), reasons);
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
