package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

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

/**
 * A count of the memory, in bytes, that the answers of one connection take: their text, and the objects that are parsed
 * from it.
 */
final class ReadMeter {

    /** The size of an ObjectNode with its map. */
    private static final int OBJECT_BYTES = 200;

    /** The size of an ArrayNode with its list. */
    private static final int ARRAY_BYTES = 100;

    /** The size of any other token. */
    private static final int OTHER_BYTES = 56;

    /** The mapper of all answers. It keeps each field name once, and lives no longer than the connection. */
    private final JsonMapper json = new JsonMapper();

    private final ReadLimits limits;
    private final AtomicLong used = new AtomicLong();

    ReadMeter(ReadLimits limits) {
        this.limits = limits;
    }

    ReadLimits limits() {
        return limits;
    }

    /**
     * Counts bytes.
     *
     * @throws TooLarge if the sum exceeds the limit; the bytes are not counted in this case
     */
    void take(long bytes) throws TooLarge {
        if (used.addAndGet(bytes) > limits.memory()) {
            used.addAndGet(-bytes);
            throw new TooLarge("the answers to this run are larger than " + mib(limits.memory())
                    + " together, a quarter of the memory of this process (-Xmx); the rest was not read");
        }
    }

    /** Subtracts bytes from the count, after their content is dropped. */
    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    /** Parses a body as JSON. Body and objects are counted; returns a MissingNode for text that is no JSON. */
    JsonNode json(BoundedBody body) throws TooLarge {
        return json(body::content, body.size());
    }

    /**
     * Parses text as JSON. Its length and its objects are counted; returns a MissingNode for text that is no JSON.
     *
     * @param length in bytes
     */
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

    /**
     * Returns the size in bytes of the objects in a text. Small text can make large objects: {@code {},} is three
     * bytes.
     */
    private long size(InputStream content) throws IOException {
        long size = 0;
        try (JsonParser parser = json.createParser(content)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                size += token == JsonToken.START_OBJECT
                        ? OBJECT_BYTES
                        : token == JsonToken.START_ARRAY ? ARRAY_BYTES : OTHER_BYTES;
            }
        }
        return size;
    }

    static String mib(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    /** The error if one answer, or all answers to one connection, exceed their limit. */
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
