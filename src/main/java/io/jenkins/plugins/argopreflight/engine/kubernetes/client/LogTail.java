package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LastLines;
import java.util.List;
import java.util.Optional;

/** The reader of the end of a log: it keeps the lines and bytes of {@link LastLines}, whatever the server sends. */
final class LogTail implements LineStream.Receiver {

    private static final int MAX_BYTES = 8 << 20;

    private final LastLines lines;
    private Optional<ClusterException> failure = Optional.empty();

    /**
     * Creates a reader.
     *
     * @param maxLines the maximum number of lines
     */
    LogTail(int maxLines) {
        this.lines = new LastLines(maxLines);
    }

    /**
     * Reads the end of a log.
     *
     * @throws ClusterException if the server refuses the request, or when interrupted
     */
    List<String> read(ApiTransport transport, String path) {
        transport.readLines(path, new LineStream.Limit(LastLines.MAX_LINE_BYTES, MAX_BYTES), this);
        if (failure.isPresent()) {
            throw failure.get();
        }
        return lines.lines();
    }

    @Override
    public void line(byte[] text, boolean whole) {
        lines.add(text, whole);
    }

    @Override
    public void ended(Optional<ClusterException> why) {
        failure = why;
    }
}
