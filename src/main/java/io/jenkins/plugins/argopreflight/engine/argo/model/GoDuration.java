package io.jenkins.plugins.argopreflight.engine.argo.model;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A parser and formatter of durations in Go's notation: {@code 1h30m}, {@code 5s}. */
public final class GoDuration {

    private static final Pattern PART = Pattern.compile("(\\d++(?:\\.\\d*+)?+|\\.\\d++)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Double> SECONDS =
            Map.of("ns", 1e-9, "us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0, "m", 60.0, "h", 3600.0);

    private GoDuration() {}

    /** Returns whether Argo accepts the text as a duration. Seconds do not need a unit (ParseStringToDuration). */
    public static boolean isReadable(String text) {
        return text.matches("[+-]?\\d{1,18}")
                || parse(text.replaceFirst("^[+-]", "")).isPresent();
    }

    /** Returns the seconds of a duration; empty if the text is not valid. Seconds do not need a unit. */
    public static Optional<Long> seconds(String text) {
        return text.matches("\\d{1,18}")
                ? Optional.of(Long.parseLong(text))
                : parse(text).map(Duration::toSeconds);
    }

    /** Reads a duration in Go's notation; empty if the text is not valid. */
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher part = PART.matcher(text);
        double seconds = 0;
        int index = 0;
        while (part.region(index, text.length()).lookingAt()) {
            seconds += Double.parseDouble(part.group(1)) * Objects.requireNonNull(SECONDS.get(part.group(2)));
            index = part.end();
            if (index == text.length()) {
                return Optional.of(Duration.ofNanos((long) (seconds * 1e9)));
            }
        }
        return Optional.empty();
    }

    public static String format(Duration duration) {
        long seconds = duration.toSeconds();
        String secondsText = seconds % 60 + "s";
        if (seconds < 60) {
            return secondsText;
        }
        String minutesText = seconds / 60 % 60 + "m" + secondsText;
        return seconds < 3600 ? minutesText : seconds / 3600 + "h" + minutesText;
    }
}
