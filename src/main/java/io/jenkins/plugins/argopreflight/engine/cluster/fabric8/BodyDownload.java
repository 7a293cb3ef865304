package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.ReadMeter.TooLarge;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The body of one answer, written to a stream as it arrives; reading ends at a limit. */
final class BodyDownload implements AsyncBody.Consumer<List<ByteBuffer>> {

    private static final int BLOCK = 1 << 14;

    private final ServerRoute server;
    private final String path;
    private final OutputStream into;
    private final long limit;
    private final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final byte[] block = new byte[BLOCK];
    private int code;
    private long written;

    /** The stream that the answer was to be written to failed. */
    static final class SinkFailure extends IOException {

        private static final long serialVersionUID = 1L;

        SinkFailure(IOException cause) {
            super(cause);
        }
    }

    /** @param limit bytes, after decompression */
    BodyDownload(ServerRoute server, String path, OutputStream into, long limit) {
        this.server = server;
        this.path = path;
        this.into = into;
        this.limit = limit;
    }

    /**
     * Sends the request once and waits for the end of its answer.
     *
     * @return the HTTP status; only of a success something was written
     * @throws ClusterException when no whole answer came, TOO_LARGE after the limit
     * @throws SinkFailure when the stream failed
     */
    int run(HttpClient client, HttpRequest.Builder request, Duration time) throws SinkFailure {
        String shown = "GET " + server.url() + path;
        try {
            send(client, request.timeout(time.toMillis(), TimeUnit.MILLISECONDS).build());
            return end.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw ApiTransport.interrupted(shown);
        } catch (TimeoutException e) {
            throw TransportFailure.of(e).toException("GET", server, path);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SinkFailure sink) {
                throw sink;
            }
            if (e.getCause() instanceof TooLarge large) {
                throw new ClusterException(Kind.TOO_LARGE, shown + ": " + large.getMessage());
            }
            throw TransportFailure.of(Objects.requireNonNull(e.getCause())).toException("GET", server, path);
        } catch (IllegalArgumentException e) {
            throw ApiTransport.unfit(shown);
        } finally {
            end.cancel(true);
        }
    }

    private void send(HttpClient client, HttpRequest request) {
        client.consumeBytes(request, this).whenComplete((response, failure) -> {
            if (failure != null) {
                end.completeExceptionally(failure);
            } else if (begin(response)) {
                response.body().done().whenComplete((nothing, cut) -> {
                    if (cut != null) {
                        end.completeExceptionally(cut);
                    } else {
                        end.complete(response.code());
                    }
                });
                response.body().consume();
            } else {
                response.body().cancel();
            }
        });
    }

    /** Of a refusal nothing is read. */
    private synchronized boolean begin(HttpResponse<AsyncBody> response) {
        code = response.code();
        if (code < 200 || code >= 300) {
            end.complete(code);
        }
        return !end.isDone();
    }

    @Override
    public synchronized void consume(List<ByteBuffer> buffers, AsyncBody body) {
        try {
            for (ByteBuffer buffer : buffers) {
                write(buffer);
            }
        } catch (IOException e) {
            end.completeExceptionally(e);
        }
        if (end.isDone()) {
            body.cancel();
        } else {
            body.consume();
        }
    }

    private void write(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining() && !end.isDone()) {
            int length = Math.min(BLOCK, buffer.remaining());
            if (written + length > limit) {
                throw new TooLarge("it is larger than " + limit + " bytes and was not read to its end");
            }
            buffer.get(block, 0, length);
            try {
                into.write(block, 0, length);
            } catch (IOException e) {
                throw new SinkFailure(e);
            }
            written += length;
        }
    }
}
