package io.jenkins.plugins.argopreflight.engine.check.manifest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A schedule in the syntax that Argo uses. Source: robfig/cron v3 parser.go (ParseStandard): five fields, Sunday is 0.
 */
final class CronExpression {

    private static final Set<String> DESCRIPTORS =
            Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");
    private static final Map<String, Integer> MONTHS = Map.ofEntries(
            Map.entry("jan", 1),
            Map.entry("feb", 2),
            Map.entry("mar", 3),
            Map.entry("apr", 4),
            Map.entry("may", 5),
            Map.entry("jun", 6),
            Map.entry("jul", 7),
            Map.entry("aug", 8),
            Map.entry("sep", 9),
            Map.entry("oct", 10),
            Map.entry("nov", 11),
            Map.entry("dec", 12));
    private static final Map<String, Integer> DAYS =
            Map.of("sun", 0, "mon", 1, "tue", 2, "wed", 3, "thu", 4, "fri", 5, "sat", 6);

    private record Field(int min, int max, Map<String, Integer> names) {}

    private static final List<Field> FIELDS = List.of(
            new Field(0, 59, Map.of()),
            new Field(0, 23, Map.of()),
            new Field(1, 31, Map.of()),
            new Field(1, 12, MONTHS),
            new Field(0, 6, DAYS));

    private CronExpression() {}

    /** Returns the error in the schedule, as the parser words it; empty if it is valid. */
    static Optional<String> problem(String schedule) {
        String spec = schedule.replaceFirst("^(CRON_)?TZ=\\S* ", "").strip();
        if (spec.isEmpty()) {
            return Optional.of("empty spec string");
        }
        if (spec.startsWith("@")) {
            boolean known =
                    DESCRIPTORS.contains(spec) || spec.matches("@every \\s*+(?:[0-9.]++(?:ns|us|µs|ms|s|m|h))++");
            return known ? Optional.empty() : Optional.of("unrecognized descriptor: " + spec);
        }
        String[] fields = spec.split("\\s+");
        if (fields.length != FIELDS.size()) {
            return Optional.of(
                    "expected exactly 5 fields, found " + fields.length + ": [" + String.join(" ", fields) + "]");
        }
        for (int i = 0; i < fields.length; i++) {
            for (String range : fields[i].split(",")) {
                Optional<String> problem = rangeProblem(range, FIELDS.get(i));
                if (problem.isPresent() && !range.isEmpty()) {
                    return problem;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> rangeProblem(String text, Field field) {
        String[] parts = text.split("/", -1);
        String[] ends = parts[0].split("-", -1);
        if (parts.length > 2 || ends.length > 2) {
            return Optional.of("too many " + (parts.length > 2 ? "slashes" : "hyphens") + ": " + text);
        }
        int start = field.min();
        int end = field.max();
        try {
            if (!ends[0].equals("*") && !ends[0].equals("?")) {
                start = number(ends[0], field);
                end = ends.length > 1 ? number(ends[1], field) : parts.length > 1 ? field.max() : start;
            }
            if (parts.length > 1 && number(parts[1], new Field(0, 0, Map.of())) == 0) {
                return Optional.of("step of range should be a positive number: " + text);
            }
        } catch (NumberFormatException e) {
            return Optional.of("failed to parse int from " + text);
        }
        if (start < field.min()) {
            return Optional.of("beginning of range (" + start + ") below minimum (" + field.min() + "): " + text);
        }
        if (end > field.max()) {
            return Optional.of("end of range (" + end + ") above maximum (" + field.max() + "): " + text);
        }
        return start > end
                ? Optional.of("beginning of range (" + start + ") beyond end of range (" + end + "): " + text)
                : Optional.empty();
    }

    private static int number(String text, Field field) {
        Integer named = field.names().get(text.toLowerCase(Locale.ROOT));
        return named != null ? named : Integer.parseInt(text.matches("\\d+") ? text : "x");
    }
}
