package io.jenkins.plugins.argopreflight.engine.report;

import java.util.regex.Pattern;

/** Makes text from clusters and registries harmless for terminals, logs and tables. */
final class Clean {

    /** Control characters (escape sequences, newlines) and those that reorder or hide text. */
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private Clean() {}

    /** In one line. */
    static String line(String text) {
        return HARMFUL.matcher(text).replaceAll(" ");
    }
}
