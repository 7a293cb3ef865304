package io.jenkins.plugins.argopreflight.engine.render.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.sync.secret.SyncReport.Cost;
import java.util.List;

/** The parts that all JSON reports have in common. */
public final class JsonParts {

    static final int SCHEMA_VERSION = 1;

    private static final ObjectWriter WRITER = new JsonMapper().writerWithDefaultPrettyPrinter();

    private JsonParts() {}

    public static ObjectNode document() {
        return JsonNodeFactory.instance.objectNode().put("schemaVersion", SCHEMA_VERSION);
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static void strings(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }

    static void registries(ArrayNode array, List<RegistryCredential> credentials) {
        credentials.forEach(credential -> array.addObject()
                .put("registry", credential.registry())
                .put("username", credential.username())
                .put("id", credential.id()));
    }

    static void unknown(ArrayNode array, List<Unavailable> unseen) {
        unseen.forEach(fact -> {
            ObjectNode node = array.addObject().put("fact", fact.fact()).put("reason", fact.reason());
            fact.missingRight()
                    .ifPresentOrElse(
                            right -> node.putObject("missingRight")
                                    .put("verb", right.verb())
                                    .put("group", right.group())
                                    .put("resource", right.resource())
                                    .put("subresource", right.subresource())
                                    .put("namespace", right.namespace())
                                    .put("name", right.name()),
                            () -> node.putNull("missingRight"));
        });
    }

    static void cost(ObjectNode node, Cost cost) {
        node.put("apiCalls", cost.apiCalls());
        node.put("reads", cost.reads());
        node.put("writes", cost.writes());
        node.put("reviews", cost.reviews());
        node.put("registryCalls", cost.registryCalls());
        node.put("wallMillis", cost.wallMillis());
    }

    public static String text(ObjectNode document) {
        try {
            return WRITER.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes always prints", e);
        }
    }
}
