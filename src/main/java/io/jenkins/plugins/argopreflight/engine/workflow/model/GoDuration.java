package io.jenkins.plugins.argopreflight.engine.workflow.model;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go reads and writes them: {@code 1h30m}, {@code 5s}. */
public final class GoDuration {

    private static final Pattern PART = Pattern.compile("(\\d++(?:\\.\\d*+)?+|\\.\\d++)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Double> SECONDS =
            Map.of("ns", 1e-9, "us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0, "m", 60.0, "h", 3600.0);

    private GoDuration() {}

    /** What Argo reads where seconds can have no unit (ParseStringToDuration). */
    public static boolean isReadable(String text) {
        return text.matches("[+-]?\\d{1,18}")
                || parse(text.replaceFirst("^[+-]", "")).isPresent();
    }

    /** The same in seconds; empty for what is not read. */
    public static Optional<Long> seconds(String text) {
        return text.matches("\\d{1,18}")
                ? Optional.of(Long.parseLong(text))
                : parse(text).map(Duration::toSeconds);
    }

    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher part = PART.matcher(text);
        double seconds = 0;
        int at = 0;
        while (part.region(at, text.length()).lookingAt()) {
            seconds += Double.parseDouble(part.group(1)) * Objects.requireNonNull(SECONDS.get(part.group(2)));
            at = part.end();
            if (at == text.length()) {
                return Optional.of(Duration.ofNanos((long) (seconds * 1e9)));
            }
        }
        return Optional.empty();
    }

    public static String format(Duration duration) {
        long seconds = duration.toSeconds();
        String tail = seconds % 60 + "s";
        if (seconds < 60) {
            return tail;
        }
        String minutes = seconds / 60 % 60 + "m" + tail;
        return seconds < 3600 ? minutes : seconds / 3600 + "h" + minutes;
    }
}
