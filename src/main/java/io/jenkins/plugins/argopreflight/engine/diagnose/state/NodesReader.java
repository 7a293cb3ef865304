package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.CompressedNodes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Reads the nodes of {@code status.compressedNodes} one after the other: a diagnosis never has their JSON in memory whole. */
final class NodesReader {

    private static final JsonMapper JSON = new JsonMapper();

    /** Memory of the tree of one node, and of the trees of all, as {@link #TOKEN} counts it. */
    private static final long NODE_BYTES = 8L << 20;

    private static final long ALL_BYTES = 256L << 20;

    /** Memory that a token takes beside its text: small text can make large trees, {@code [],} is three characters. */
    private static final int TOKEN = 100;

    private NodesReader() {}

    /** A parser that ends with an error where the trees of what it reads take more memory than their limits. */
    private static final class Counted extends JsonParserDelegate {

        private long node;
        private long all;

        Counted(JsonParser parser) {
            super(parser);
        }

        void beginNode() {
            node = 0;
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            long bytes = token == null ? 0 : TOKEN + (token.isScalarValue() ? getTextLength() : 0);
            node += bytes;
            all += bytes;
            if (node > NODE_BYTES) {
                throw new IOException("status.compressedNodes has a node of more than " + (NODE_BYTES >> 20) + " MiB");
            }
            if (all > ALL_BYTES) {
                throw new IOException("status.compressedNodes has nodes of more than " + (ALL_BYTES >> 20) + " MiB");
            }
            return token;
        }
    }

    /** @throws IOException as {@link #each} */
    static Map<String, NodeState> read(String text) throws IOException {
        Map<String, NodeState> nodes = new LinkedHashMap<>();
        each(text, (id, tree) -> {
            NodeState node = NodeState.of(tree);
            nodes.put(node.id(), node);
        });
        return nodes;
    }

    /** @throws IOException when it cannot be decompressed, or is over a limit; the message says which */
    static void each(String text, BiConsumer<String, ObjectNode> action) throws IOException {
        try (Counted parser = new Counted(new JsonFactory(JSON).createParser(CompressedNodes.open(text)))) {
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
