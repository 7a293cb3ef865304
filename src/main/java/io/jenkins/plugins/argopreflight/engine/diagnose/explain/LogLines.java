package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import io.jenkins.plugins.argopreflight.engine.util.text.ContainerText;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/** The selection of the relevant lines of a log. */
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
    /** The number of last lines that are always selected. */
    private static final int LAST_LINES = 5;

    private LogLines() {}

    /**
     * Returns the selected lines in their order: the very last lines, then earlier lines that name a problem, then
     * other earlier lines. Lines of Argo's executor are used only if there are no others.
     *
     * @param maxLines the maximum number of lines
     */
    static List<String> relevant(List<String> lines, int maxLines) {
        List<String> withoutExecutor = lines.stream()
                .filter(line -> !line.isBlank() && !ContainerText.isOfExecutor(line))
                .toList();
        List<String> all = withoutExecutor.isEmpty() ? lines : withoutExecutor;
        BitSet chosen = new BitSet();
        chosen.set(Math.max(0, all.size() - Math.min(LAST_LINES, maxLines)), all.size());
        choose(chosen, maxLines, all.size(), line -> isInformative(all.get(line)));
        choose(chosen, maxLines, all.size(), line -> true);
        return chosen.stream().mapToObj(all::get).toList();
    }

    private static void choose(BitSet chosen, int maxLines, int lines, IntPredicate selection) {
        for (int line = lines - 1; line >= 0 && chosen.cardinality() < maxLines; line--) {
            if (selection.test(line)) {
                chosen.set(line);
            }
        }
    }

    private static boolean isInformative(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return INFORMATIVE.stream().anyMatch(lower::contains);
    }
}
