package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.CompressedNodes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The reader of the nodes in {@code status.compressedNodes}. Nodes are read one after the other, so that the JSON of
 * all nodes is never in memory.
 */
final class NodesReader {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The maximum memory of the tree of a node, and of the trees of all nodes, in bytes as counted by
     * {@link #TOKEN_BYTES}.
     */
    private static final long MAX_NODE_BYTES = 8L << 20;

    private static final long MAX_TOTAL_BYTES = 256L << 20;

    /**
     * The memory of a token besides its text: a small text can make a large tree, since {@code [],} is three
     * characters.
     */
    private static final int TOKEN_BYTES = 100;

    private NodesReader() {}

    /** A parser that ends with an error if the trees take more memory than their limits. */
    private static final class LimitedParser extends JsonParserDelegate {

        private long nodeBytes;
        private long totalBytes;

        LimitedParser(JsonParser parser) {
            super(parser);
        }

        void beginNode() {
            nodeBytes = 0;
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            long bytes = token == null ? 0 : TOKEN_BYTES + (token.isScalarValue() ? getTextLength() : 0);
            nodeBytes += bytes;
            totalBytes += bytes;
            if (nodeBytes > MAX_NODE_BYTES) {
                throw new IOException(
                        "status.compressedNodes has a node of more than " + (MAX_NODE_BYTES >> 20) + " MiB");
            }
            if (totalBytes > MAX_TOTAL_BYTES) {
                throw new IOException(
                        "status.compressedNodes has nodes of more than " + (MAX_TOTAL_BYTES >> 20) + " MiB");
            }
            return token;
        }
    }

    /**
     * Returns the nodes by id.
     *
     * @throws IOException if the text cannot be decompressed or exceeds a limit; the message has the reason
     */
    static Map<String, NodeState> read(String text) throws IOException {
        Map<String, NodeState> nodes = new LinkedHashMap<>();
        each(text, (id, tree) -> {
            NodeState node = NodeState.of(tree);
            nodes.put(node.id(), node);
        });
        return nodes;
    }

    /**
     * Calls the action with the id and the tree of each node.
     *
     * @throws IOException if the text cannot be decompressed or exceeds a limit; the message has the reason
     */
    static void each(String text, BiConsumer<String, ObjectNode> action) throws IOException {
        try (LimitedParser parser = new LimitedParser(new JsonFactory(JSON).createParser(CompressedNodes.open(text)))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("status.compressedNodes holds no nodes");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String id = parser.currentName();
                parser.beginNode();
                parser.nextToken();
                if (JSON.readTree(parser) instanceof ObjectNode node) {
                    action.accept(id, node);
                }
            }
        }
    }
}
