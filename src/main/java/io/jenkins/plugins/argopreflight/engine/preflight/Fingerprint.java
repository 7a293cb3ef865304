package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.util.text.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The fingerprint of a finding, which is equal in the next run: the check, the object to fix and its field, the
 * container and the title, without lines, indexes in lists and numbers.
 */
final class Fingerprint {

    private static final int DIGEST_BYTES = 10;
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private Fingerprint() {}

    /**
     * Returns a fingerprint of twenty hexadecimal digits for each finding. Of several equal fingerprints, all but the
     * first get a number.
     */
    static List<String> of(List<Finding> findings) {
        Map<String, Integer> occurrences = new HashMap<>();
        return findings.stream()
                .map(Fingerprint::of)
                .map(id -> {
                    int occurrence = occurrences.merge(id, 1, Integer::sum);
                    return occurrence == 1 ? id : id + "-" + occurrence;
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
        return Sha256.of(String.join("\n", parts)).substring(0, 2 * DIGEST_BYTES);
    }
}
