package io.jenkins.plugins.argopreflight.cli.demo;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import java.io.PrintStream;

/** The output of the demo. It checks each statement that could be untrue. */
final class Narrator {

    private static final String INDENT = "  ";

    private final PrintStream out;
    private final boolean colour;
    private final int width;
    private int checked;

    Narrator(Terminal terminal) {
        this.out = terminal.out();
        this.colour = terminal.colour();
        this.width = terminal.width() - INDENT.length();
    }

    Style style() {
        return new Style(colour, width);
    }

    int checked() {
        return checked;
    }

    void chapter(String title) {
        String head = "── " + title + " ";
        out.println();
        out.println(paint("1;36", head + "─".repeat(Math.max(0, width - head.length()))));
    }

    void say(String text) {
        text.lines().forEach(line -> out.println(line.isEmpty() ? "" : INDENT + line));
    }

    void command(String command) {
        out.println();
        command.lines().forEach(line -> out.println(INDENT + paint("1", line)));
    }

    void bad(String text) {
        text.lines().forEach(line -> out.println(INDENT + paint("31", line)));
    }

    /** Prints a statement if it is true; otherwise ends the demo. */
    void statement(String claim, boolean isTrue) {
        if (!isTrue) {
            throw new DemoException(claim);
        }
        checked++;
        out.println(INDENT + paint("32", "✔") + " " + claim);
    }

    private String paint(String codes, String text) {
        return colour ? "\u001b[" + codes + "m" + text + "\u001b[0m" : text;
    }
}
