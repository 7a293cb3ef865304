package io.jenkins.plugins.argopreflight.cli.console;

import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command reads and writes: the process's own streams, or a test's.
 *
 * @param env the environment variables
 * @param in standard input
 * @param out results, UTF-8 whatever the locale
 * @param err progress and errors, UTF-8 whatever the locale
 * @param outIsTty whether a person looks at {@code out}
 * @param errIsTty whether a person looks at {@code err}
 */
public record Terminal(
        Map<String, String> env, InputStream in, PrintStream out, PrintStream err, boolean outIsTty, boolean errIsTty) {

    /** What the launcher found with {@code test -t}: some of the words {@code out} and {@code err}. */
    private static final String TTY_HINT = "argopreflight.tty";

    private static final int WIDEST = 110;
    private static final int NARROWEST = 60;

    public Terminal {
        out = VisibleStream.over(out);
        err = VisibleStream.over(err);
    }

    public static Terminal ofProcess() {
        String hint = System.getProperty(TTY_HINT, System.console() == null ? "" : "out err");
        return new Terminal(
                System.getenv(),
                System.in,
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                hint.contains("out"),
                hint.contains("err"));
    }

    /**
     * Whether {@code out} can hold escape sequences: on a terminal, unless <a href="https://no-color.org">NO_COLOR</a>
     * is set; anywhere with <a href="https://bixense.com/clicolors/">CLICOLOR_FORCE</a>.
     */
    public boolean colour() {
        return colour(outIsTty);
    }

    /** Standard output for the workflow commands that a CI runner shall carry out. */
    public PrintStream runnerCommands() {
        out.flush();
        return VisibleStream.below(out);
    }

    /** Standard error for a line that is rewritten; nothing is made visible on it. */
    PrintStream errLine() {
        return VisibleStream.below(err);
    }

    /** Prints a sentence to standard error, which can quote a server. */
    public void say(String sentence) {
        err.println(Visible.sentence(sentence));
    }

    /** How reports look on {@code out}. */
    public Style style() {
        return new Style(colour(), width());
    }

    /** How long a line can be: as wide as the window ($COLUMNS, which the launcher sets), within what reads well. */
    public int width() {
        String columns = env.getOrDefault("COLUMNS", "");
        return columns.matches("\\d{1,4}") ? Math.max(NARROWEST, Math.min(WIDEST, Integer.parseInt(columns))) : WIDEST;
    }

    /** Whether {@code err} can hold escape sequences. */
    public boolean colourErrors() {
        return colour(errIsTty);
    }

    private boolean colour(boolean tty) {
        if (!env.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        return !env.getOrDefault("CLICOLOR_FORCE", "0").equals("0")
                || tty && !env.getOrDefault("TERM", "dumb").equals("dumb");
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new Pipe(descriptor), true, StandardCharsets.UTF_8);
    }

    /** A reader that wants no more, such as {@code head}, is no failure. */
    private static final class Pipe extends FileOutputStream {

        Pipe(FileDescriptor descriptor) {
            super(descriptor);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                super.write(bytes, offset, length);
            } catch (IOException e) {
                if (!"Broken pipe".equals(e.getMessage())) {
                    throw e;
                }
            }
        }
    }
}
