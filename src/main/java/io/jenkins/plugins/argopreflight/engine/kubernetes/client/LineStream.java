package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Subscription;
import io.jenkins.plugins.argopreflight.engine.util.json.UntrustedJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is read line by line, for as long as the server sends it. Between lines it needs no memory except for
 * the socket.
 */
final class LineStream implements Subscription {

    private static final int MAX_REFUSAL_BYTES = 1 << 16;
    private static final int BLOCK_BYTES = 1 << 13;
    private static final JsonMapper JSON = new JsonMapper(UntrustedJson.factory());

    private final ServerRoute server;
    private final String path;
    private final String request;
    private final Limit limit;
    private final Receiver receiver;
    private final Runnable onUnauthorized;
    private ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean isCut;
    private long bytes;
    private @Nullable Call open;
    private int code;
    private Optional<Duration> retryAfter = Optional.empty();
    private boolean ended;

    /**
     * The limits of a stream.
     *
     * @param line the maximum number of bytes of a line; the rest of a longer line is left out
     * @param all the maximum number of bytes of all lines
     */
    record Limit(int line, long all) {
        /** Returns limits for a stream that is read for as long as the server sends. */
        static Limit ofLine(int bytes) {
            return new Limit(bytes, Long.MAX_VALUE);
        }
    }

    /** A receiver of lines. It is called by one thread at a time. */
    interface Receiver {
        /**
         * Receives a line.
         *
         * @param whole false if the line is longer than its limit; the rest of it is left out
         */
        void line(byte[] text, boolean whole);

        /** Receives the end, which is the last call. */
        void ended(Optional<ClusterException> failure);
    }

    /**
     * Creates a stream that has not begun.
     *
     * @param onUnauthorized called if the server does not accept the credential
     */
    LineStream(ServerRoute server, String path, Limit limit, Receiver receiver, Runnable onUnauthorized) {
        this.server = server;
        this.path = path;
        this.request = "GET " + server.url() + path;
        this.limit = limit;
        this.receiver = receiver;
        this.onUnauthorized = onUnauthorized;
    }

    private synchronized void begin(int status, @Nullable String pause) {
        code = status;
        retryAfter = RetryAfter.of(pause);
    }

    /** Executes the call and reads its answer, until its end or the limit, or until it is closed. */
    void read(Call call) {
        synchronized (this) {
            if (ended) {
                return;
            }
            open = call;
        }
        try (Response answer = call.execute()) {
            begin(answer.code(), answer.header("Retry-After"));
            InputStream lines = requireNonNull(answer.body()).byteStream();
            byte[] block = new byte[BLOCK_BYTES];
            int read = lines.read(block);
            while (read >= 0 && add(block, read)) {
                read = lines.read(block);
            }
            finish(null);
        } catch (IOException | RuntimeException e) {
            finish(e);
        } finally {
            call.cancel();
        }
    }

    /** Adds bytes and reports complete lines. Returns false after the end. */
    private synchronized boolean add(byte[] block, int length) {
        for (int i = 0; i < length && !ended; i++) {
            add(block[i]);
        }
        return !ended;
    }

    private void add(byte next) {
        if (isRefusal()) {
            if (line.size() < MAX_REFUSAL_BYTES) {
                line.write(next);
            }
        } else if (++bytes > limit.all()) {
            fail(Kind.TOO_LARGE, "the answer is larger than " + ReadMeter.mib(limit.all()) + " and was not read");
        } else if (next == '\n') {
            if (!isCut) {
                flush();
            }
            isCut = false;
        } else if (!isCut && line.size() == limit.line()) {
            isCut = true;
            flush();
        } else if (!isCut) {
            line.write(next);
        }
    }

    private void flush() {
        byte[] text = line.toByteArray();
        // After a reset, the old buffer would keep as much memory as its longest line took.
        line = new ByteArrayOutputStream();
        receiver.line(text, !isCut);
    }

    private boolean isRefusal() {
        return code < 200 || code >= 300;
    }

    /** Ends the stream at the end of the answer, or with the refusal that the answer contains. */
    private synchronized void finish(@Nullable Throwable failure) {
        if (ended) {
            return;
        }
        if (code > 0 && isRefusal()) {
            if (code == 401) {
                onUnauthorized.run();
            }
            ApiReply reply = new ApiReply(code, status(), retryAfter);
            end(Optional.of(StatusErrors.of(reply, server.url(), request)));
            return;
        }
        if (failure == null && line.size() > 0) {
            flush();
        }
        end(Optional.ofNullable(failure).map(this::exception));
    }

    private JsonNode status() {
        try {
            return JSON.readTree(line.toByteArray());
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private ClusterException exception(Throwable failure) {
        return TransportFailure.of(failure, server).toException("GET", server, path);
    }

    /** Reports the end, unless it was reported. */
    private synchronized void end(Optional<ClusterException> failure) {
        if (!ended) {
            ended = true;
            receiver.ended(failure);
        }
    }

    /** Ends the stream with an error that the receiver found in a line. */
    void fail(Kind kind, String why) {
        end(Optional.of(new ClusterException(kind, request + ": " + why)));
    }

    /** Ends the stream with a failure that the server reported in a line. */
    void fail(ClusterException why) {
        end(Optional.of(why));
    }

    @Override
    public void close() {
        end(Optional.empty());
        Call call;
        synchronized (this) {
            call = open;
        }
        if (call != null) {
            call.cancel();
        }
    }
}
