package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

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
    /** What Argo's emissary writes into the log of main. */
    private static final Set<String> ARGOS = Set.of("argo=true", "\"argo\":true");

    private LogLines() {}

    /** The last ones that name a problem, else the last ones; without Argo's own where there are others. */
    static List<String> relevant(List<String> lines, int most) {
        List<String> own = lines.stream()
                .filter(line -> !line.isBlank() && ARGOS.stream().noneMatch(line::contains))
                .toList();
        List<String> all = own.isEmpty() ? lines : own;
        List<String> informative = all.stream().filter(LogLines::isInformative).toList();
        List<String> chosen = new ArrayList<>(last(informative, most));
        last(all, most).stream()
                .filter(line -> !chosen.contains(line))
                .limit(Math.max(0, most - chosen.size()))
                .forEach(chosen::add);
        return chosen;
    }

    private static boolean isInformative(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return INFORMATIVE.stream().anyMatch(lower::contains);
    }

    private static List<String> last(List<String> lines, int most) {
        return lines.subList(Math.max(0, lines.size() - most), lines.size());
    }
}
