package io.jenkins.plugins.argopreflight.engine.report;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.kube.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What stays the same of a finding from one run to the next: the check, the object to fix and its field, the container
 * and the title, but no line, no index in a list and no number.
 */
final class Fingerprint {

    private static final int BYTES = 10;
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private Fingerprint() {}

    /** Twenty hexadecimal digits each; of those that would be equal, all but the first say which one they are. */
    static List<String> of(List<Finding> findings) {
        Map<String, Integer> times = new HashMap<>();
        return findings.stream()
                .map(Fingerprint::of)
                .map(id -> {
                    int time = times.merge(id, 1, Integer::sum);
                    return time == 1 ? id : id + "-" + time;
                })
                .toList();
    }

    private static String of(Finding finding) {
        Subject subject = finding.subject();
        List<String> parts = List.of(
                finding.check(),
                subject.kind(),
                subject.namespace(),
                subject.name(),
                INDEX.matcher(subject.path()).replaceAll("[]"),
                subject.container(),
                NUMBER.matcher(finding.title()).replaceAll(""));
        return Sha256.of(String.join("\n", parts)).substring(0, 2 * BYTES);
    }
}
