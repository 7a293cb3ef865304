package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.List;

/** What the kubelet makes of the answers to several credentials. */
final class Verdicts {

    /** Of several failures, the one that would remain if the others were fixed. */
    private static final List<Verdict> MOST_TELLING =
            List.of(Verdict.NOT_FOUND, Verdict.NO_RIGHT, Verdict.MISSING_OR_NO_RIGHT, Verdict.TLS, Verdict.REJECTED);

    private Verdicts() {}

    /** The verdict over credentials in their order and, last, the anonymous question. */
    static Verdict of(List<ProbeAttempt> tried) {
        Answer anonymous = tried.get(tried.size() - 1).answer();
        List<Verdict> sent =
                credentials(tried).stream().map(t -> t.answer().verdict()).toList();
        if (sent.isEmpty()) {
            return anonymous.verdict();
        }
        if (sent.contains(Verdict.OK)) {
            return Verdict.OK;
        }
        if (breaksPublicImage(tried)) {
            return Verdict.REJECTED;
        }
        // A credential that could not be checked can be the one that works.
        return sent.stream()
                .filter(verdict -> !verdict.isKnown())
                .findFirst()
                .orElseGet(() ->
                        MOST_TELLING.stream().filter(sent::contains).findFirst().orElse(Verdict.UNKNOWN));
    }

    /** Whether the image is there for everyone, but not for who shows these credentials. */
    static boolean breaksPublicImage(List<ProbeAttempt> tried) {
        List<ProbeAttempt> sent = credentials(tried);
        return tried.get(tried.size() - 1).answer().verdict() == Verdict.OK
                && !sent.isEmpty()
                && sent.stream().allMatch(t -> t.answer().verdict().isRefusal());
    }

    static List<ProbeAttempt> credentials(List<ProbeAttempt> tried) {
        return tried.stream().filter(t -> t.credential().isPresent()).toList();
    }
}
