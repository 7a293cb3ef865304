package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.ReadMeter.TooLarge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The body of one answer, decompressed: reading ends at the limit. */
final class BoundedBody implements AutoCloseable {

    private static final int BLOCK = 1 << 14;

    private final ReadMeter meter;
    private final List<byte[]> blocks = new ArrayList<>();
    private long size;

    BoundedBody(ReadMeter meter) {
        this.meter = meter;
    }

    /** @throws TooLarge after the limit, or when the answers to this run are larger than their limit */
    void read(InputStream answer) throws IOException {
        int read;
        do {
            int used = (int) (size % BLOCK);
            if (used == 0) {
                meter.take(BLOCK);
                blocks.add(new byte[BLOCK]);
            }
            read = answer.read(blocks.get(blocks.size() - 1), used, BLOCK - used);
            size += Math.max(0, read);
            if (size > meter.limits().body()) {
                throw new TooLarge("the answer is larger than "
                        + ReadMeter.mib(meter.limits().body()) + " and was not read");
            }
        } while (read >= 0);
    }

    /** What has arrived, from its beginning. */
    InputStream content() {
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

    long size() {
        return size;
    }

    /** The bytes are not needed any more. */
    @Override
    public void close() {
        meter.giveBack((long) blocks.size() * BLOCK);
        blocks.clear();
        size = 0;
    }
}
