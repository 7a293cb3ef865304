package io.jenkins.plugins.argopreflight.engine.registry;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Reads the first bytes of a body, hangs up at the limit, and keeps what came when the connection broke. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> done = new CompletableFuture<>();
    private volatile Flow.Subscription subscription;
    private volatile boolean stopped;

    BoundedBody(int limit) {
        this.limit = limit;
    }

    /** Ends now with what is there. */
    void stop() {
        stopped = true;
        Flow.Subscription current = subscription;
        if (current != null) {
            current.cancel();
        }
        finish();
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
        subscription = to;
        if (stopped) {
            to.cancel();
        } else {
            to.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] part = new byte[Math.min(buffer.remaining(), limit - size())];
            buffer.get(part);
            append(part);
        }
        if (size() >= limit) {
            stop();
        }
    }

    @Override
    public void onError(Throwable failure) {
        finish();
    }

    @Override
    public void onComplete() {
        finish();
    }

    private synchronized int size() {
        return bytes.size();
    }

    private synchronized void append(byte[] part) {
        bytes.writeBytes(part);
    }

    private synchronized void finish() {
        done.complete(bytes.toByteArray());
    }
}
