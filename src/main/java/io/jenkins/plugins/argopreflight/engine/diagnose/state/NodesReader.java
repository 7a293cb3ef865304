package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
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

    private NodesReader() {}

    /** @throws IOException as {@link #each} */
    static Map<String, NodeState> read(String text) throws IOException {
        Map<String, NodeState> nodes = new LinkedHashMap<>();
        each(text, (id, tree) -> {
            NodeState node = NodeState.of(tree);
            nodes.put(node.id(), node);
        });
        return nodes;
    }

    /** @throws IOException when it cannot be decompressed, or is over the limit; the message says which */
    static void each(String text, BiConsumer<String, ObjectNode> action) throws IOException {
        try (JsonParser parser = new JsonFactory(JSON).createParser(CompressedNodes.open(text))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("status.compressedNodes holds no nodes");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String id = parser.currentName();
                parser.nextToken();
                if (JSON.readTree(parser) instanceof ObjectNode node) {
                    action.accept(id, node);
                }
            }
        }
    }
}
