package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads the end of a log to its last line. */
final class LogTail implements LineStream.Receiver {

    private static final int LONGEST_LINE = 1 << 14;
    private static final int SECONDS = 30;

    private final String request;
    private final List<String> lines = new ArrayList<>();
    private final CompletableFuture<Optional<ClusterException>> end = new CompletableFuture<>();

    LogTail(String request) {
        this.request = request;
    }

    /** @throws ClusterException as the server refuses it, or when interrupted */
    List<String> read(ApiTransport transport, String path) {
        LineStream stream = transport.stream(path, LONGEST_LINE, this);
        try {
            Optional<ClusterException> failure = end.get(SECONDS, TimeUnit.SECONDS);
            if (failure.isPresent()) {
                throw failure.get();
            }
            synchronized (this) {
                return List.copyOf(lines);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(Kind.INTERRUPTED, request + ": interrupted while a log was read", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new ClusterException(Kind.TIMEOUT, request + ": the log did not end within " + SECONDS + " s", e);
        } finally {
            stream.close();
        }
    }

    @Override
    public synchronized void line(byte[] text, boolean whole) {
        lines.add(new String(text, StandardCharsets.UTF_8) + (whole ? "" : " …"));
    }

    @Override
    public void ended(Optional<ClusterException> failure) {
        end.complete(failure);
    }
}
