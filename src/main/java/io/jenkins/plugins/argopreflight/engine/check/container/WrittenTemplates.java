package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.location.SpecPlaces;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The templates, by name and location, as they are written in the given files and in the objects to which a workflow
 * refers.
 */
final class WrittenTemplates {

    private record Key(String name, Location location) {}

    private final Facts facts;
    private final Map<Key, JsonNode> givenTemplates;
    private final Map<WorkflowFacts, Map<Key, JsonNode>> byWorkflow = new ConcurrentHashMap<>();

    private WrittenTemplates(Facts facts) {
        this.facts = facts;
        this.givenTemplates = templates(facts.documents());
    }

    static WrittenTemplates of(Facts facts) {
        return facts.derived(WrittenTemplates.class, WrittenTemplates::new);
    }

    /** Returns the template of a pod; a missing node if it is not found, or the pod has no template. */
    JsonNode template(WorkflowFacts workflow, ArgoPod pod) {
        Key key = new Key(pod.template(), pod.templateLocation());
        JsonNode written = workflowTemplates(workflow).get(key);
        return written != null ? written : orMissing(givenTemplates.get(key));
    }

    private Map<Key, JsonNode> workflowTemplates(WorkflowFacts workflow) {
        return byWorkflow.computeIfAbsent(workflow, any -> templates(SpecPlaces.of(facts, workflow)));
    }

    private static JsonNode orMissing(@Nullable JsonNode template) {
        return template == null ? MissingNode.getInstance() : template;
    }

    /** Returns the first template of each name and location. */
    private static Map<Key, JsonNode> templates(List<Document> documents) {
        Map<Key, JsonNode> byKey = new HashMap<>();
        for (Document document : documents) {
            JsonNode templates = SpecPlaces.spec(document).path("templates");
            String path = SpecPlaces.path(document) + ".templates[";
            for (int i = 0; i < templates.size(); i++) {
                JsonNode template = templates.path(i);
                byKey.putIfAbsent(new Key(Json.text(template, "name"), document.locate(path + i + "]")), template);
            }
        }
        return byKey;
    }
}
