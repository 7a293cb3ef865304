package io.jenkins.plugins.argopreflight.engine.http;

/** Text of others made fit for a report: one line, bounded, no control characters. */
public final class OneLine {

    private OneLine() {}

    public static String of(String text, int longest) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
    }
}
