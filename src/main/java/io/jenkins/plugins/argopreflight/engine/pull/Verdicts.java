package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.List;

/** Rules of the kubelet for the answers to several credentials. */
final class Verdicts {

    /** Verdicts on failures, most important first: the one that would remain if the others were fixed. */
    private static final List<Verdict> BY_IMPORTANCE =
            List.of(Verdict.NOT_FOUND, Verdict.NO_RIGHT, Verdict.MISSING_OR_NO_RIGHT, Verdict.TLS, Verdict.REJECTED);

    private Verdicts() {}

    /** Returns the verdict for attempts with credentials in their order and, last, the anonymous attempt. */
    static Verdict of(List<ProbeAttempt> attempts) {
        Answer anonymous = attempts.get(attempts.size() - 1).answer();
        List<Verdict> sent = credentials(attempts).stream()
                .map(attempt -> attempt.answer().verdict())
                .toList();
        if (sent.isEmpty()) {
            return anonymous.verdict();
        }
        if (sent.contains(Verdict.OK)) {
            return Verdict.OK;
        }
        if (breaksPublicImage(attempts)) {
            return Verdict.REJECTED;
        }
        // A credential that could not be checked can be the one that works.
        return sent.stream()
                .filter(verdict -> !verdict.isKnown())
                .findFirst()
                .orElseGet(() -> BY_IMPORTANCE.stream()
                        .filter(sent::contains)
                        .findFirst()
                        .orElse(Verdict.UNKNOWN));
    }

    /**
     * Returns whether the registry gives the image to anonymous clients, but not to clients that send these
     * credentials.
     */
    static boolean breaksPublicImage(List<ProbeAttempt> attempts) {
        List<ProbeAttempt> sent = credentials(attempts);
        return attempts.get(attempts.size() - 1).answer().verdict() == Verdict.OK
                && !sent.isEmpty()
                && sent.stream().allMatch(attempt -> attempt.answer().verdict().isRefusal());
    }

    static List<ProbeAttempt> credentials(List<ProbeAttempt> attempts) {
        return attempts.stream()
                .filter(attempt -> attempt.credential().isPresent())
                .toList();
    }
}
