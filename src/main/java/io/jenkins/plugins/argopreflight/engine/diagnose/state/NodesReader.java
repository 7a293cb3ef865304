package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.argopreflight.engine.kube.CompressedNodes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the nodes of {@code status.compressedNodes} one after the other, so that their JSON is never in memory whole. */
final class NodesReader {

    private static final JsonMapper JSON = new JsonMapper();

    private NodesReader() {}

    /** @throws IOException when it cannot be decompressed, or is over the limit; the message says which */
    static Map<String, NodeState> read(String text) throws IOException {
        Map<String, NodeState> nodes = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory(JSON).createParser(CompressedNodes.open(text))) {
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
}
