package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.ReadMeter.TooLarge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The decompressed body of one answer. Reading ends at the limit. */
final class BoundedBody implements AutoCloseable {

    private static final int BLOCK_BYTES = 1 << 14;

    private final ReadMeter meter;
    private final List<byte[]> blocks = new ArrayList<>();
    private long size;

    BoundedBody(ReadMeter meter) {
        this.meter = meter;
    }

    /**
     * Reads the answer.
     *
     * @throws TooLarge if this answer, or all answers of the meter, are larger than their limit
     */
    void read(InputStream answer) throws IOException {
        int read;
        do {
            int used = (int) (size % BLOCK_BYTES);
            if (used == 0) {
                meter.take(BLOCK_BYTES);
                blocks.add(new byte[BLOCK_BYTES]);
            }
            read = answer.read(blocks.get(blocks.size() - 1), used, BLOCK_BYTES - used);
            size += Math.max(0, read);
            if (size > meter.limits().body()) {
                throw new TooLarge("the answer is larger than "
                        + ReadMeter.mib(meter.limits().body()) + " and was not read");
            }
        } while (read >= 0);
    }

    /** Returns the part of the body that has arrived. */
    InputStream content() {
        List<InputStream> streams = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            long left = size - (long) i * BLOCK_BYTES;
            streams.add(new ByteArrayInputStream(blocks.get(i), 0, (int) Math.min(BLOCK_BYTES, left)));
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    /**
     * Returns the JSON of the body; a missing node if the body is not JSON. The memory of its objects stays counted.
     */
    JsonNode json() throws TooLarge {
        return meter.json(this);
    }

    /** Returns whether the body is this text with a line break at its end. */
    boolean isLine(String text) throws IOException {
        return size == text.length() + 1L
                && new String(content().readAllBytes(), StandardCharsets.US_ASCII).equals(text + "\n");
    }

    long size() {
        return size;
    }

    /** Releases the bytes, which are not needed any more. */
    @Override
    public void close() {
        meter.giveBack((long) blocks.size() * BLOCK_BYTES);
        blocks.clear();
        size = 0;
    }
}
