package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.ReadMeter.TooLarge;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The body of one answer as it arrives, decompressed: reading ends at the limit. */
final class BoundedBody implements AsyncBody.Consumer<List<ByteBuffer>>, AutoCloseable {

    private static final int BLOCK = 1 << 14;

    private final ReadMeter meter;
    private final List<byte[]> blocks = new ArrayList<>();
    private final CompletableFuture<HttpResponse<AsyncBody>> whole = new CompletableFuture<>();
    private long size;
    private boolean closed;

    BoundedBody(ReadMeter meter) {
        this.meter = meter;
    }

    /** Sends the request; the answer comes when its body is here. */
    CompletableFuture<HttpResponse<AsyncBody>> send(HttpClient client, HttpRequest request) {
        client.consumeBytes(request, this).whenComplete((response, failure) -> {
            if (failure != null) {
                whole.completeExceptionally(failure);
            } else if (whole.isDone()) {
                response.body().cancel();
            } else {
                response.body().done().whenComplete((nothing, cut) -> {
                    if (cut != null) {
                        whole.completeExceptionally(cut);
                    } else {
                        whole.complete(response);
                    }
                });
                response.body().consume();
            }
        });
        return whole;
    }

    @Override
    public synchronized void consume(List<ByteBuffer> buffers, AsyncBody body) {
        try {
            for (ByteBuffer buffer : buffers) {
                add(buffer);
            }
        } catch (TooLarge e) {
            whole.completeExceptionally(e);
        }
        if (whole.isDone()) {
            body.cancel();
        } else {
            body.consume();
        }
    }

    private void add(ByteBuffer buffer) throws TooLarge {
        if (closed) {
            return;
        }
        if (size + buffer.remaining() > meter.limits().body()) {
            throw new TooLarge(
                    "the answer is larger than " + ReadMeter.mib(meter.limits().body()) + " and was not read");
        }
        while (buffer.hasRemaining()) {
            int used = (int) (size % BLOCK);
            if (used == 0) {
                meter.take(BLOCK);
                blocks.add(new byte[BLOCK]);
            }
            int copied = Math.min(BLOCK - used, buffer.remaining());
            buffer.get(blocks.get(blocks.size() - 1), used, copied);
            size += copied;
        }
    }

    /** What has arrived, from its beginning. */
    synchronized InputStream content() {
        List<InputStream> streams = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            long left = size - (long) i * BLOCK;
            streams.add(new ByteArrayInputStream(blocks.get(i), 0, (int) Math.min(BLOCK, left)));
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    /** The JSON of it, which stays counted; missing when it is none. */
    JsonNode json() throws TooLarge {
        return meter.json(this);
    }

    synchronized long size() {
        return size;
    }

    /** The bytes are not needed any more. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            meter.giveBack((long) blocks.size() * BLOCK);
            blocks.clear();
            size = 0;
        }
    }
}
