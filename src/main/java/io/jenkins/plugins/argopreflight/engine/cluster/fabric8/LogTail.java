package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.LastLines;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The reader of the end of a log: it keeps no more lines and bytes than {@link LastLines}, whatever the server sends. */
final class LogTail implements LineStream.Receiver {

    private static final int MOST_BYTES = 8 << 20;

    private final String request;
    private final LastLines lines;
    private final CompletableFuture<Optional<ClusterException>> end = new CompletableFuture<>();

    /** @param most lines */
    LogTail(String request, int most) {
        this.request = request;
        this.lines = new LastLines(most);
    }

    /** @throws ClusterException as the server refuses it, or when interrupted */
    List<String> read(ApiTransport transport, String path) {
        Duration time = transport.timeouts().request();
        LineStream stream = transport.stream(path, new LineStream.Limit(LastLines.LONGEST, MOST_BYTES), this);
        try {
            Optional<ClusterException> failure = end.get(time.toMillis(), TimeUnit.MILLISECONDS);
            if (failure.isPresent()) {
                throw failure.get();
            }
            synchronized (this) {
                return lines.lines();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(Kind.INTERRUPTED, request + ": interrupted while a log was read", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new ClusterException(
                    Kind.TIMEOUT, request + ": the log did not end within " + time.toSeconds() + " s", e);
        } finally {
            stream.close();
        }
    }

    @Override
    public synchronized void line(byte[] text, boolean whole) {
        lines.add(text, whole);
    }

    @Override
    public void ended(Optional<ClusterException> failure) {
        end.complete(failure);
    }
}
