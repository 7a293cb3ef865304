package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Reads {@code status.compressedNodes}: base64 of gzip, since Argo 4.1 also of zstd or brotli, of the nodes' JSON. They
 * are read one after the other, and no more than a limit.
 *
 * @see <a href="https://github.com/argoproj/argo-workflows/blob/v4.0.5/util/file/fileutil.go">fileutil.go</a>
 */
final class CompressedNodes {

    /** As decompressed: a workflow in etcd is at most 1 MiB compressed. */
    static final long MAX_BYTES = 64L << 20;

    private static final JsonMapper JSON = new JsonMapper();

    private CompressedNodes() {}

    /** @throws IOException when it is none of these, or is over the limit; the message says which */
    static Map<String, NodeState> read(String text) throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("status.compressedNodes is not base64");
        }
        Map<String, NodeState> nodes = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory(JSON).createParser(new Bounded(open(bytes)))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("status.compressedNodes holds no nodes");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                parser.nextToken();
                JsonNode tree = JSON.readTree(parser);
                NodeState node = NodeState.of(tree);
                nodes.put(node.id(), node);
            }
        }
        return nodes;
    }

    private static InputStream open(byte[] bytes) throws IOException {
        if (bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b) {
            return new GZIPInputStream(new ByteArrayInputStream(bytes));
        }
        throw new IOException("status.compressedNodes is in a format that is not read here");
    }

    /** Ends with an error after the limit. */
    private static final class Bounded extends InputStream {

        private final InputStream in;
        private long left = MAX_BYTES;

        Bounded(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            spend(1);
            return in.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = in.read(into, offset, length);
            spend(Math.max(0, read));
            return read;
        }

        private void spend(long bytes) throws IOException {
            left -= bytes;
            if (left < 0) {
                throw new IOException("status.compressedNodes is larger than " + (MAX_BYTES >> 20) + " MiB");
            }
        }
    }
}
