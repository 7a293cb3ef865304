package io.jenkins.plugins.argopreflight.cli.demo;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.engine.report.Style;
import java.io.PrintStream;

/** Tells the demo's story, and holds every sentence that could be untrue to what really happened. */
final class Narrator {

    private static final int WIDTH = 108;

    private final PrintStream out;
    private final boolean colour;
    private int checked;

    Narrator(Terminal terminal) {
        this.out = terminal.out();
        this.colour = terminal.colour();
    }

    Style style() {
        return colour ? Style.ANSI : Style.PLAIN;
    }

    int checked() {
        return checked;
    }

    void chapter(String title) {
        String head = "── " + title + " ";
        out.println();
        out.println(paint("1;36", head + "─".repeat(Math.max(0, WIDTH - head.length()))));
    }

    void say(String text) {
        text.lines().forEach(line -> out.println(line.isEmpty() ? "" : "  " + line));
    }

    void command(String command) {
        out.println();
        command.lines().forEach(line -> out.println("  " + paint("1", line)));
    }

    void bad(String text) {
        text.lines().forEach(line -> out.println("  " + paint("31", line)));
    }

    void report(String text) {
        text.lines().forEach(line -> out.println(line.isEmpty() ? "" : "  " + line));
    }

    /** Tells something that is true, or ends the demo. */
    void holds(String claim, boolean really) {
        if (!really) {
            throw new DemoException(claim);
        }
        checked++;
        out.println("  " + paint("32", "✔") + " " + claim);
    }

    private String paint(String codes, String text) {
        return colour ? "\u001b[" + codes + "m" + text + "\u001b[0m" : text;
    }
}
