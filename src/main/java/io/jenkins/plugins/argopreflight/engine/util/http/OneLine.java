package io.jenkins.plugins.argopreflight.engine.util.http;

/** The form of an untrusted text in a report: one line, with a limited length, without control characters. */
public final class OneLine {

    private OneLine() {}

    public static String of(String text, int maxCharacters) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        return line.length() <= maxCharacters ? line : line.substring(0, maxCharacters - 1) + "…";
    }
}
