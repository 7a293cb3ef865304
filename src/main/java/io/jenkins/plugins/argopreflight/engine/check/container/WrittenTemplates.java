package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.check.place.SpecPlaces;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The templates as they stand in the given files, and in what a workflow refers to: each found at once. */
final class WrittenTemplates {

    private record Key(String name, Location location) {}

    private final Facts facts;
    private final Map<Key, JsonNode> given;
    private final Map<WorkflowFacts, Map<Key, JsonNode>> own = new ConcurrentHashMap<>();

    private WrittenTemplates(Facts facts) {
        this.facts = facts;
        this.given = templates(facts.given());
    }

    static WrittenTemplates of(Facts facts) {
        return facts.derived(WrittenTemplates.class, WrittenTemplates::new);
    }

    /** The template of a pod; missing where it is in none of them, or the pod has none. */
    JsonNode of(WorkflowFacts workflow, ArgoPod pod) {
        Key key = new Key(pod.template(), pod.templateLocation());
        JsonNode written = own(workflow).get(key);
        return written != null ? written : orMissing(given.get(key));
    }

    private Map<Key, JsonNode> own(WorkflowFacts workflow) {
        return own.computeIfAbsent(workflow, any -> templates(SpecPlaces.of(facts, workflow)));
    }

    private static JsonNode orMissing(@Nullable JsonNode template) {
        return template == null ? MissingNode.getInstance() : template;
    }

    /** The first of each name and location. */
    private static Map<Key, JsonNode> templates(List<Document> documents) {
        Map<Key, JsonNode> found = new HashMap<>();
        for (Document document : documents) {
            JsonNode templates = SpecPlaces.spec(document).path("templates");
            String path = SpecPlaces.path(document) + ".templates[";
            for (int i = 0; i < templates.size(); i++) {
                JsonNode template = templates.path(i);
                found.putIfAbsent(new Key(template.path("name").asText(""), document.locate(path + i + "]")), template);
            }
        }
        return found;
    }
}
