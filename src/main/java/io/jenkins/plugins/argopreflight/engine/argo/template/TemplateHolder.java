package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An object with templates: the workflow as Argo executes it, or a (Cluster)WorkflowTemplate to which the workflow
 * refers.
 */
public final class TemplateHolder {

    /** A template and its location. */
    public record Found(ObjectNode template, Document document, String path) {}

    private final String scope;
    private final JsonNode podMetadata;
    private final Map<String, Found> templates = new HashMap<>();

    /**
     * Creates a holder without templates.
     *
     * @param scope distinguishes holders: "" for the workflow itself
     */
    public TemplateHolder(String scope, JsonNode spec) {
        this.scope = scope;
        this.podMetadata = spec.path("podMetadata");
    }

    /**
     * Adds the templates of a document. A template whose name was added before is left out.
     *
     * @param specPath path of the spec with the templates in the document
     * @param templates the templates as in the document, for their locations
     * @param mergedTemplates the templates as Argo executes them, found by name
     */
    public TemplateHolder add(Document document, String specPath, JsonNode templates, JsonNode mergedTemplates) {
        Map<String, JsonNode> byName = new HashMap<>();
        mergedTemplates.forEach(template -> byName.putIfAbsent(Json.text(template, "name"), template));
        for (int i = 0; i < templates.size(); i++) {
            String name = Json.text(templates.get(i), "name");
            String path = FieldPath.element(specPath + ".templates", i);
            if (byName.get(name) instanceof ObjectNode template) {
                // An unchanged template is shared with the document, so that it takes no memory.
                ObjectNode shared = template.equals(templates.get(i)) ? (ObjectNode) templates.get(i) : template;
                this.templates.putIfAbsent(name, new Found(shared, document, path));
            }
        }
        return this;
    }

    public String scope() {
        return scope;
    }

    public JsonNode podMetadata() {
        return podMetadata;
    }

    public Optional<Found> template(String name) {
        return Optional.ofNullable(templates.get(name));
    }
}
