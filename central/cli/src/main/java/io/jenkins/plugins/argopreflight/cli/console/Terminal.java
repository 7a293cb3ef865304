package io.jenkins.plugins.argopreflight.cli.console;

import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The environment and streams of a command: those of the process, or those of a test.
 *
 * @param env the environment variables
 * @param in standard input
 * @param out results, in UTF-8 for every locale
 * @param err progress and errors, in UTF-8 for every locale
 * @param outIsTty whether {@code out} is a terminal
 * @param errIsTty whether {@code err} is a terminal
 */
public record Terminal(
        Map<String, String> env, InputStream in, PrintStream out, PrintStream err, boolean outIsTty, boolean errIsTty) {

    /**
     * The property in which the launcher passes the result of {@code test -t}: the words {@code out} and {@code err},
     * or one of them.
     */
    private static final String TTY_HINT = "argopreflight.tty";

    private static final int MAX_WIDTH = 110;
    private static final int MIN_WIDTH = 60;

    public Terminal {
        out = VisibleStream.wrap(out);
        err = VisibleStream.wrap(err);
    }

    /** Returns a terminal without a process of its own: neither stream counts as a terminal. */
    public static Terminal ofStreams(Map<String, String> env, InputStream in, PrintStream out, PrintStream err) {
        return new Terminal(env, in, out, err, /* outIsTty= */ false, /* errIsTty= */ false);
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
     * Returns whether {@code out} can contain escape sequences. It can on a terminal, unless <a
     * href="https://no-color.org">NO_COLOR</a> is set, and anywhere with <a
     * href="https://bixense.com/clicolors/">CLICOLOR_FORCE</a>.
     */
    public boolean colour() {
        return colour(outIsTty);
    }

    /** Returns standard output for workflow commands that the CI runner executes. */
    public PrintStream runnerCommands() {
        out.flush();
        return VisibleStream.unwrap(out);
    }

    /** Returns standard error for a line that is rewritten. Escape sequences are not made visible. */
    PrintStream errLine() {
        return VisibleStream.unwrap(err);
    }

    /** Prints a sentence, which can quote a server, to standard error. */
    public void say(String sentence) {
        err.println(Visible.sentence(sentence));
    }

    /** Returns the format of reports on {@code out}. */
    public Style style() {
        return new Style(colour(), width());
    }

    /**
     * Returns the maximum length of a line, in characters: the width of the window ($COLUMNS, which the launcher sets),
     * within limits.
     */
    public int width() {
        String columns = env.getOrDefault("COLUMNS", "");
        return columns.matches("\\d{1,4}")
                ? Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, Integer.parseInt(columns)))
                : MAX_WIDTH;
    }

    /** Returns whether {@code err} can contain escape sequences. */
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

    /** A stream that ignores a closed pipe, since a reader such as {@code head} can stop reading early. */
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
