package io.jenkins.plugins.argopreflight.engine.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A stream that keeps the last lines of a text of any length, and a limited number of their bytes. */
public final class LastLines extends OutputStream {

    /** The maximum number of bytes of a line; the rest of a longer line is left out. */
    public static final int MAX_LINE_BYTES = 1 << 14;

    private static final int MAX_BYTES = 4 << 20;

    /** The bytes that a line takes beside its text. */
    private static final int FIXED_BYTES = 64;

    private final int maxLines;
    private final Deque<String> lines = new ArrayDeque<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean cut;
    private int bytes;

    /** Keeps up to {@code maxLines} lines. */
    public LastLines(int maxLines) {
        this.maxLines = maxLines;
    }

    @Override
    public void write(int next) {
        if (next == '\n') {
            add(line.toByteArray(), !cut);
            line.reset();
            cut = false;
        } else if (line.size() < MAX_LINE_BYTES) {
            line.write(next);
        } else {
            cut = true;
        }
    }

    @Override
    public void write(byte[] text, int from, int length) {
        for (int i = from; i < from + length; i++) {
            write(text[i]);
        }
    }

    /**
     * Adds a line.
     *
     * @param whole false if the rest of the line was left out
     */
    public void add(byte[] text, boolean whole) {
        int length = text.length > 0 && text[text.length - 1] == '\r' ? text.length - 1 : text.length;
        String added = new String(text, 0, length, StandardCharsets.UTF_8) + (whole ? "" : " …");
        lines.add(added);
        bytes += size(added);
        while (lines.size() > maxLines || bytes > MAX_BYTES) {
            bytes -= size(lines.remove());
        }
    }

    private static int size(String line) {
        return 2 * line.length() + FIXED_BYTES;
    }

    /** Returns the lines until now. Text without a line end is the last of them. */
    public List<String> lines() {
        if (line.size() > 0) {
            write('\n');
        }
        return List.copyOf(lines);
    }
}
