package io.jenkins.plugins.argopreflight.engine.util.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time that the Timestamper plugin writes before a line of a Pipeline's log, such as
 * {@code [2026-01-31T09:30:00.123Z] }.
 */
public final class LogTime {

    private static final Pattern TIME = Pattern.compile("\\[\\d{4}-\\d\\d-\\d\\dT[\\d:.]{8,20}Z] ");

    private LogTime() {}

    /** Returns the length of the time at the beginning of a line; 0 if there is none. */
    public static int length(String line) {
        Matcher time = TIME.matcher(line);
        return time.lookingAt() ? time.end() : 0;
    }
}
