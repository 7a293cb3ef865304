package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.util.text.LogTime;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A filter of a log that passes on the lines of one node's containers, without their prefix and up to a limit. */
final class NodeLines extends OutputStream {

    private static final long MAX_BYTES = 16L << 20;

    /**
     * The maximum length of a line, in bytes. The rest of a longer line is dropped; its beginning identifies the node.
     */
    private static final int MAX_LINE_BYTES = 1 << 20;

    private final String label;
    private final OutputStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long written;
    private boolean truncated;

    /**
     * Creates a filter.
     *
     * @param label label of the node: its lines begin with {@code [LABEL] } or {@code [LABEL/CONTAINER] }
     */
    NodeLines(String label, OutputStream out) {
        this.label = label;
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        if (b == '\n') {
            passLine();
        } else if (line.size() < MAX_LINE_BYTES) {
            line.write(b);
        }
    }

    /** Passes on the collected line, if a container of the node wrote it. */
    private void passLine() throws IOException {
        String text = Visible.withoutColours(line.toString(StandardCharsets.UTF_8));
        line.reset();
        int labelStart = text.indexOf("[" + label);
        boolean atBeginning = labelStart == 0 || labelStart == LogTime.length(text);
        if (!atBeginning) {
            return;
        }
        String afterLabel = text.substring(labelStart + 1 + label.length());
        int end = afterLabel.indexOf("] ");
        if (end < 0 || end > 0 && afterLabel.charAt(0) != '/') {
            return;
        }
        byte[] bytes = ((end == 0 ? "" : afterLabel.substring(1, end) + ": ") + afterLabel.substring(end + 2) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        written += bytes.length;
        if (written > MAX_BYTES) {
            truncated = true;
        } else {
            out.write(bytes);
        }
    }

    /** Returns a last line with the limit if lines were left out, otherwise "". */
    String end() {
        return truncated ? Messages.NodeLines_more(MAX_BYTES >> 20) + "\n" : "";
    }
}
