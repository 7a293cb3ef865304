package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.Shapes;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.json.JsonTexts;
import io.jenkins.plugins.argopreflight.engine.util.text.Tags;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The Workflow that a document describes: the object itself, the workflow that a CronWorkflow starts, or a run of a
 * template ({@code argo submit --from}).
 *
 * @param name name of the workflow, "" if it is generated
 * @param prefix beginning of a generated name
 * @param specPath path of the spec in the document
 */
public record SubmittedWorkflow(
        Document document, String name, String prefix, ObjectNode metadata, JsonNode spec, String specPath) {

    static SubmittedWorkflow of(PodRequest request) {
        return of(request.workflow(), request.name()).withParameters(request.parameters());
    }

    /** Returns the workflow with marks in place of the values that an event supplies. */
    SubmittedWorkflow marked(UnknownValues unknowns, Set<String> eventValues) {
        if (eventValues.isEmpty()) {
            return this;
        }
        UnaryOperator<String> mark =
                text -> unknowns.mark(text, eventValues, "the trigger of the Sensor sets it from the event");
        return new SubmittedWorkflow(
                document,
                mark.apply(name),
                beginning(prefix, eventValues),
                (ObjectNode) JsonTexts.replace(Json.copy(metadata), mark),
                FrozenJson.of((ObjectNode) JsonTexts.replace(Json.copy(spec), mark)),
                specPath);
    }

    /** Returns the part of a name before the first value of an event. */
    private static String beginning(String name, Set<String> eventValues) {
        return Tags.replace(name, eventValues, variable -> "\n")
                .lines()
                .findFirst()
                .orElse("");
    }

    /**
     * Returns the workflow with the values of a submission for its parameters, and for parameters that it does not
     * declare. Source: argo-workflows workflow/util/util.go (overrideParameters).
     */
    private SubmittedWorkflow withParameters(Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return this;
        }
        ObjectNode changed = Json.copy(spec);
        ObjectNode arguments = Json.objectOf(changed, "arguments");
        ArrayNode list = Json.listOf(arguments, "parameters");
        Map<String, JsonNode> existing = Json.byName(list);
        new TreeMap<>(parameters).forEach((key, value) -> {
            ObjectNode parameter = existing.get(key) instanceof ObjectNode parameterNode
                    ? parameterNode
                    : list.addObject().put("name", key);
            parameter.retain("name");
            parameter.put("value", value);
        });
        return new SubmittedWorkflow(document, name, prefix, metadata, FrozenJson.of(changed), specPath);
    }

    private static SubmittedWorkflow of(Document document, String requestedName) {
        JsonNode root = document.root();
        ObjectNode metadata = Json.object();
        switch (document.kind()) {
            case "CronWorkflow": {
                JsonNode source = root.path("spec").path("workflowMetadata");
                copy(source, metadata, "labels");
                copy(source, metadata, "annotations");
                Json.objectOf(metadata, "labels").put("workflows.argoproj.io/cron-workflow", document.name());
                return new SubmittedWorkflow(
                        document,
                        requestedName,
                        prefix(document),
                        metadata,
                        Shapes.clean(root.path("spec").path("workflowSpec")),
                        "spec.workflowSpec");
            }
            case "WorkflowTemplate", "ClusterWorkflowTemplate": {
                boolean isClusterKind = document.kind().startsWith("Cluster");
                ObjectNode spec = Json.object();
                spec.putObject("workflowTemplateRef")
                        .put("name", document.name())
                        .put("clusterScope", isClusterKind);
                Json.objectOf(metadata, "labels")
                        .put(
                                isClusterKind
                                        ? "workflows.argoproj.io/cluster-workflow-template"
                                        : "workflows.argoproj.io/workflow-template",
                                document.name());
                return new SubmittedWorkflow(document, requestedName, prefix(document), metadata, spec, "spec");
            }
            default: {
                copy(root.path("metadata"), metadata, "labels");
                copy(root.path("metadata"), metadata, "annotations");
                String name = requestedName.isEmpty() ? document.name() : requestedName;
                String prefix = Json.text(root.path("metadata"), "generateName");
                return new SubmittedWorkflow(document, name, prefix, metadata, Shapes.clean(root.path("spec")), "spec");
            }
        }
    }

    /** Returns the absence of a parameter of the workflow. */
    public Missing missingParameter(String parameter) {
        return Missing.field(document, specPath + ".arguments.parameters", parameter);
    }

    /** Returns the beginning of the names of the workflows that are created from an object. */
    private static String prefix(Document document) {
        return document.name().isEmpty() ? document.nameOrPrefix() : document.name() + "-";
    }

    private static void copy(JsonNode source, ObjectNode target, String field) {
        if (source.path(field).isObject()) {
            target.set(field, source.path(field).deepCopy());
        }
    }
}
