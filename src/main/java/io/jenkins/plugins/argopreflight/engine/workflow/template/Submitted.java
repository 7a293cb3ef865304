package io.jenkins.plugins.argopreflight.engine.workflow.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.JsonTexts;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FrozenJson;
import io.jenkins.plugins.argopreflight.engine.manifest.Tags;
import io.jenkins.plugins.argopreflight.engine.workflow.field.Shapes;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Missing;
import io.jenkins.plugins.argopreflight.engine.workflow.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unknowns;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The Workflow that a document describes: itself, what a CronWorkflow starts, or a run of a template
 * ({@code argo submit --from}).
 *
 * @param name "" when it is generated
 * @param prefix what a generated name begins with
 * @param specPath where the spec stands in the document
 */
public record Submitted(
        Document document, String name, String prefix, ObjectNode metadata, JsonNode spec, String specPath) {

    static Submitted of(PodRequest request) {
        return of(request.workflow(), request.name()).with(request.parameters());
    }

    /** Returns the workflow with marks in place of the values that come with an event. */
    Submitted marked(Unknowns unknowns, Set<String> eventValues) {
        if (eventValues.isEmpty()) {
            return this;
        }
        UnaryOperator<String> mark =
                text -> unknowns.mark(text, eventValues, "the trigger of the Sensor sets it from the event");
        return new Submitted(
                document,
                mark.apply(name),
                beginning(prefix, eventValues),
                (ObjectNode) JsonTexts.replace(Json.copy(metadata), mark),
                FrozenJson.of((ObjectNode) JsonTexts.replace(Json.copy(spec), mark)),
                specPath);
    }

    /** The part of a name that comes before the first value of an event. */
    private static String beginning(String name, Set<String> eventValues) {
        return Tags.replace(name, eventValues, variable -> "\n")
                .lines()
                .findFirst()
                .orElse("");
    }

    /**
     * Returns the workflow with other values, and parameters besides. Source: argo-workflows workflow/util/util.go
     * (overrideParameters).
     */
    private Submitted with(Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return this;
        }
        ObjectNode changed = Json.copy(spec);
        ObjectNode arguments = Json.objectOf(changed, "arguments");
        ArrayNode list = Json.listOf(arguments, "parameters");
        Map<String, JsonNode> own = Json.byName(list);
        new TreeMap<>(parameters).forEach((key, value) -> {
            ObjectNode parameter = own.get(key) instanceof ObjectNode present
                    ? present
                    : list.addObject().put("name", key);
            parameter.retain("name");
            parameter.put("value", value);
        });
        return new Submitted(document, name, prefix, metadata, FrozenJson.of(changed), specPath);
    }

    private static Submitted of(Document document, String givenName) {
        JsonNode root = document.root();
        ObjectNode metadata = Json.object();
        switch (document.kind()) {
            case "CronWorkflow": {
                JsonNode own = root.path("spec").path("workflowMetadata");
                copy(own, metadata, "labels");
                copy(own, metadata, "annotations");
                Json.objectOf(metadata, "labels").put("workflows.argoproj.io/cron-workflow", document.name());
                return new Submitted(
                        document,
                        givenName,
                        prefix(document),
                        metadata,
                        Shapes.clean(root.path("spec").path("workflowSpec")),
                        "spec.workflowSpec");
            }
            case "WorkflowTemplate", "ClusterWorkflowTemplate": {
                boolean cluster = document.kind().startsWith("Cluster");
                ObjectNode spec = Json.object();
                spec.putObject("workflowTemplateRef")
                        .put("name", document.name())
                        .put("clusterScope", cluster);
                Json.objectOf(metadata, "labels")
                        .put(
                                cluster
                                        ? "workflows.argoproj.io/cluster-workflow-template"
                                        : "workflows.argoproj.io/workflow-template",
                                document.name());
                return new Submitted(document, givenName, prefix(document), metadata, spec, "spec");
            }
            default: {
                copy(root.path("metadata"), metadata, "labels");
                copy(root.path("metadata"), metadata, "annotations");
                String name = givenName.isEmpty() ? document.name() : givenName;
                String prefix = Json.text(root.path("metadata"), "generateName");
                return new Submitted(document, name, prefix, metadata, Shapes.clean(root.path("spec")), "spec");
            }
        }
    }

    /** A parameter of the workflow, as what is not there. */
    public Missing parameter(String parameter) {
        return Missing.field(document, specPath + ".arguments.parameters", parameter);
    }

    /** Returns the beginning of the names of the workflows that are made of an object. */
    private static String prefix(Document document) {
        return document.name().isEmpty() ? document.nameOrPrefix() : document.name() + "-";
    }

    private static void copy(JsonNode from, ObjectNode to, String field) {
        if (from.path(field).isObject()) {
            to.set(field, from.path(field).deepCopy());
        }
    }
}
