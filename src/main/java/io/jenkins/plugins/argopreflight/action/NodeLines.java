package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Passes on those lines of a log that the containers of one node wrote, without what they begin with, up to a limit. */
final class NodeLines extends OutputStream {

    private static final long LIMIT = 16L << 20;

    /** A longer line is cut: its beginning says whose it is. */
    private static final int LONGEST = 1 << 20;

    /** As the Timestamper plugin writes it into a Pipeline's log. */
    private static final Pattern TIME = Pattern.compile("\\[\\d{4}-\\d\\d-\\d\\dT[\\d:.]{8,20}Z] ");

    private final String label;
    private final OutputStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long written;
    private boolean more;

    /** @param label of the node: its lines begin with {@code [LABEL] } or {@code [LABEL/CONTAINER] } */
    NodeLines(String label, OutputStream out) {
        this.label = label;
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        if (b == '\n') {
            pass();
        } else if (line.size() < LONGEST) {
            line.write(b);
        }
    }

    private void pass() throws IOException {
        String text = Visible.withoutColours(line.toString(StandardCharsets.UTF_8));
        line.reset();
        int at = text.indexOf("[" + label);
        boolean first = at == 0
                || at > 0 && at < 40 && TIME.matcher(text.substring(0, at)).matches();
        if (!first) {
            return;
        }
        String rest = text.substring(at + 1 + label.length());
        int end = rest.indexOf("] ");
        if (end < 0 || end > 0 && rest.charAt(0) != '/') {
            return;
        }
        byte[] bytes = ((end == 0 ? "" : rest.substring(1, end) + ": ") + rest.substring(end + 2) + "\n")
                .getBytes(StandardCharsets.UTF_8);
        written += bytes.length;
        if (written > LIMIT) {
            more = true;
        } else {
            out.write(bytes);
        }
    }

    /** The last line, when not all is shown. */
    String end() {
        return more ? Messages.NodeLines_more(LIMIT >> 20) + "\n" : "";
    }
}
