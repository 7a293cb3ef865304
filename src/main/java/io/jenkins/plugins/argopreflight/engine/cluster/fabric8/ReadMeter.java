package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Counts what the answers to one connection take, from their first byte to the objects that are made of them. */
final class ReadMeter {

    /** Bytes of an ObjectNode with its map, of an ArrayNode with its list, and of any other token. */
    private static final int OBJECT = 200;

    private static final int ARRAY = 100;
    private static final int OTHER = 56;

    /** The mapper of all answers: equal names are one text. It keeps them, and lives no longer than the connection. */
    private final JsonMapper json = new JsonMapper();

    private final ReadLimits limits;
    private final AtomicLong used = new AtomicLong();

    ReadMeter(ReadLimits limits) {
        this.limits = limits;
    }

    ReadLimits limits() {
        return limits;
    }

    /** @throws TooLarge when it does not fit any more; then nothing is taken */
    void take(long bytes) throws TooLarge {
        if (used.addAndGet(bytes) > limits.memory()) {
            used.addAndGet(-bytes);
            throw new TooLarge("the answers to this run are larger than " + mib(limits.memory())
                    + " together, a quarter of the memory of this process (-Xmx); the rest was not read");
        }
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /** The JSON of a body, which stays counted; missing when it is none. */
    JsonNode json(BoundedBody body) throws TooLarge {
        return json(body::content, body.size());
    }

    /** The same of other text; the text itself is not counted. */
    JsonNode json(Supplier<InputStream> content, long length) throws TooLarge {
        if (length == 0) {
            return MissingNode.getInstance();
        }
        long size = 0;
        try {
            size = length + size(content.get());
            take(size);
            return json.readTree(content.get());
        } catch (TooLarge e) {
            throw e;
        } catch (IOException e) {
            giveBack(size);
            return MissingNode.getInstance();
        }
    }

    /** Small text can make large objects: {@code {},} is three bytes. */
    private long size(InputStream content) throws IOException {
        long size = 0;
        try (JsonParser parser = json.createParser(content)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                size += token == JsonToken.START_OBJECT ? OBJECT : token == JsonToken.START_ARRAY ? ARRAY : OTHER;
            }
        }
        return size;
    }

    static String mib(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    /** More than is read. */
    static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }
}
