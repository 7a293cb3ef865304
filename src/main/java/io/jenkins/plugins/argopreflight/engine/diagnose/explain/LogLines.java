package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.fix.ContainerText;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/** The lines of a log that a reader wants first. */
final class LogLines {

    private static final Set<String> INFORMATIVE = Set.of(
            "error",
            "fail",
            "exception",
            "denied",
            "not found",
            "cannot",
            "fatal",
            "panic",
            "traceback",
            "refused",
            "unable",
            "invalid",
            "killed",
            "no such",
            "timeout",
            "forbidden",
            "unauthorized");
    /** The number of last lines that are shown whatever they say. */
    private static final int LAST = 5;

    private LogLines() {}

    /**
     * Returns the last lines in their order: of those before the very last ones, lines that name a problem come before
     * others. Lines of Argo's executor count where there are no others.
     */
    static List<String> relevant(List<String> lines, int most) {
        List<String> own = lines.stream()
                .filter(line -> !line.isBlank() && !ContainerText.isOfExecutor(line))
                .toList();
        List<String> all = own.isEmpty() ? lines : own;
        BitSet chosen = new BitSet();
        chosen.set(Math.max(0, all.size() - Math.min(LAST, most)), all.size());
        choose(chosen, most, all.size(), line -> isInformative(all.get(line)));
        choose(chosen, most, all.size(), line -> true);
        return chosen.stream().mapToObj(all::get).toList();
    }

    private static void choose(BitSet chosen, int most, int lines, IntPredicate wanted) {
        for (int line = lines - 1; line >= 0 && chosen.cardinality() < most; line--) {
            if (wanted.test(line)) {
                chosen.set(line);
            }
        }
    }

    private static boolean isInformative(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return INFORMATIVE.stream().anyMatch(lower::contains);
    }
}
