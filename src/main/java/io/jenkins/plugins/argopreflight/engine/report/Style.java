package io.jenkins.plugins.argopreflight.engine.report;

/** How a text report marks what matters: with escape sequences for a terminal, or not at all. */
public enum Style {
    PLAIN,
    ANSI;

    private static final String RESET = "\u001b[0m";

    String good(String text) {
        return paint("\u001b[32m", text);
    }

    String bad(String text) {
        return paint("\u001b[1;31m", text);
    }

    String warn(String text) {
        return paint("\u001b[33m", text);
    }

    String strong(String text) {
        return paint("\u001b[1m", text);
    }

    String dim(String text) {
        return paint("\u001b[2m", text);
    }

    private String paint(String sequence, String text) {
        return this == PLAIN || text.isEmpty() ? text : sequence + text + RESET;
    }
}
