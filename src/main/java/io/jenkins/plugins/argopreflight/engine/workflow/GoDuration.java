package io.jenkins.plugins.argopreflight.engine.workflow;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go reads and writes them: {@code 1h30m}, {@code 5s}. */
final class GoDuration {

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Double> SECONDS =
            Map.of("ns", 1e-9, "us", 1e-6, "µs", 1e-6, "ms", 1e-3, "s", 1.0, "m", 60.0, "h", 3600.0);

    private GoDuration() {}

    static Optional<Duration> parse(String text) {
        Matcher part = PART.matcher(text);
        double seconds = 0;
        int at = 0;
        while (part.find(at) && part.start() == at) {
            seconds += Double.parseDouble(part.group(1)) * SECONDS.get(part.group(2));
            at = part.end();
            if (at == text.length()) {
                return Optional.of(Duration.ofNanos((long) (seconds * 1e9)));
            }
        }
        return Optional.empty();
    }

    static String format(Duration duration) {
        long seconds = duration.toSeconds();
        String tail = seconds % 60 + "s";
        if (seconds < 60) {
            return tail;
        }
        String minutes = seconds / 60 % 60 + "m" + tail;
        return seconds < 3600 ? minutes : seconds / 3600 + "h" + minutes;
    }
}
