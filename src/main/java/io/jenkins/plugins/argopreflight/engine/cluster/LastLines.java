package io.jenkins.plugins.argopreflight.engine.cluster;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of a text of any length, of which only so many bytes are kept. */
public final class LastLines extends OutputStream {

    /** Bytes of a line; the rest of a longer one is left out. */
    public static final int LONGEST = 1 << 14;

    private static final int BYTES = 4 << 20;

    /** Bytes that a line takes besides its text. */
    private static final int FIXED = 64;

    private final int most;
    private final Deque<String> lines = new ArrayDeque<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean cut;
    private int bytes;

    /** @param most lines that are kept */
    public LastLines(int most) {
        this.most = most;
    }

    @Override
    public void write(int next) {
        if (next == '\n') {
            add(line.toByteArray(), !cut);
            line.reset();
            cut = false;
        } else if (line.size() < LONGEST) {
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

    /** @param whole false when the line is longer than its text */
    public void add(byte[] text, boolean whole) {
        int length = text.length > 0 && text[text.length - 1] == '\r' ? text.length - 1 : text.length;
        String added = new String(text, 0, length, StandardCharsets.UTF_8) + (whole ? "" : " …");
        lines.add(added);
        bytes += size(added);
        while (lines.size() > most || bytes > BYTES) {
            bytes -= size(lines.remove());
        }
    }

    private static int size(String line) {
        return 2 * line.length() + FIXED;
    }

    /** The lines until now; one without an end is the last. */
    public List<String> lines() {
        if (line.size() > 0) {
            write('\n');
        }
        return List.copyOf(lines);
    }
}
