package io.jenkins.plugins.argopreflight.cli.console;

import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A stream of text in which control characters are visible, and no line is a command for the CI runner that reads it.
 */
final class VisibleStream extends OutputStream {

    private final OutputStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean begun;

    private VisibleStream(OutputStream out) {
        this.out = out;
    }

    /** Returns a stream that writes to another one when a line ends, or when it is flushed. */
    static PrintStream wrap(PrintStream out) {
        return new VisiblePrintStream(out);
    }

    /** Returns the stream below a visible one, for commands to the CI runner. */
    static PrintStream unwrap(PrintStream visible) {
        return ((VisiblePrintStream) visible).below;
    }

    private static final class VisiblePrintStream extends PrintStream {

        private final PrintStream below;

        VisiblePrintStream(PrintStream below) {
            super(new VisibleStream(below), true, StandardCharsets.UTF_8);
            this.below = below;
        }

        @Override
        public boolean checkError() {
            return super.checkError() | below.checkError();
        }
    }

    @Override
    public void write(int octet) throws IOException {
        if (octet == '\n') {
            emit();
            out.write('\n');
            begun = false;
        } else {
            line.write(octet);
        }
    }

    private void emit() throws IOException {
        if (line.size() > 0) {
            String text = line.toString(StandardCharsets.UTF_8);
            String visible = Visible.print(begun ? "." + text : text);
            out.write(visible.substring(begun ? 1 : 0).getBytes(StandardCharsets.UTF_8));
            line.reset();
            begun = true;
        }
    }

    @Override
    public void flush() throws IOException {
        emit();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        emit();
        out.close();
    }
}
