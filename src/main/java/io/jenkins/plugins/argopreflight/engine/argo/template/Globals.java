package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Expression;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownMarks;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownNames;
import io.jenkins.plugins.argopreflight.engine.argo.expression.VariableUse;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoJson;
import io.jenkins.plugins.argopreflight.engine.argo.model.FixTarget;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.DocumentField;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** The {@code workflow.*} variables; source: argo-workflows workflow/controller/operator.go (setGlobalParameters). */
final class Globals {

    private static final Map<String, String> REASONS_AT_RUN_TIME = new TreeMap<>(Map.of(
            "workflow.uid", "the API server makes it",
            "workflow.creationTimestamp", "the API server sets it",
            "workflow.scheduledTime", "it is the time at which the CronWorkflow fires",
            "workflow.status", "it is known only while the workflow runs",
            "workflow.duration", "it is known only while the workflow runs",
            "workflow.failures", "it is known only when the workflow has run",
            "workflow.outputs", "a template of the running workflow sets it"));

    /** Prefixes of variables that a template on its own lacks: they come from the workflow that will call it. */
    private static final List<String> CALLER_PREFIXES =
            List.of("workflow.parameters.", "workflow.labels.", "workflow.annotations.");

    private static final String TYPE = "workflows.argoproj.io/configmap-type";

    private Globals() {}

    /** Creates the global scope of a workflow before its spec is substituted. */
    static Scope of(
            PodRequest request, MergedWorkflow mergedWorkflow, UnknownValues unknowns, DistinctProblems problems) {
        JsonNode spec = mergedWorkflow.spec();
        Scope scope =
                Scope.global(name -> atRunTime(name, unknowns).or(() -> ofCaller(request, name, unknowns, problems)));
        scope.put("workflow.name", name(mergedWorkflow.submitted(), unknowns));
        scope.put("workflow.namespace", request.namespace());
        scope.put("workflow.mainEntrypoint", Json.text(spec, "entrypoint"));
        scope.put("workflow.serviceAccountName", Json.text(spec, "serviceAccountName"));
        if (Json.isSet(spec, "priority")) {
            scope.put("workflow.priority", Json.text(spec.get("priority")));
        }
        JsonNode parameters = spec.path("arguments").path("parameters");
        List<Parameters> layers = mergedWorkflow.layers().stream()
                .map(layer -> new Parameters(layer.document(), layer.path(), layer.spec()))
                .toList();
        SubmittedWorkflow submitted = mergedWorkflow.submitted();
        Parameters submittedParameters = new Parameters(
                submitted.document(),
                submitted.specPath(),
                FieldPath.at(submitted.document().root(), submitted.specPath()));
        scope.put("workflow.parameters", ArgoJson.parameters(parameters));
        scope.put("workflow.parameters.json", ArgoJson.parameters(parameters));
        for (JsonNode parameter : parameters) {
            String name = Json.text(parameter, "name");
            String variable = "workflow.parameters." + name;
            scope.put(variable, parameter(request, parameter, variable, unknowns, (message, target) -> {
                DocumentField field = layers.stream()
                        .filter(layer -> layer.hasValueFrom(name))
                        .findFirst()
                        .map(layer -> layer.field(name))
                        .orElseGet(() -> mergedWorkflow.field("arguments.parameters"));
                problems.add(new Problem(
                        Problem.Kind.REFUSED, field.document(), field.path(), message, Optional.of(target)));
            }));
            if (!Json.isSet(parameter, "value") && !Json.isSet(parameter, "valueFrom")) {
                problems.add(
                        withoutValue(submittedParameters, name, request).because(submitted.missingParameter(name)));
            }
        }
        metadata(scope, mergedWorkflow, "annotations");
        metadata(scope, mergedWorkflow, "labels");
        return scope;
    }

    /**
     * Creates the problem of a parameter without a value. Source: argo-workflows workflow/validate/validate.go
     * (validateArgumentsValues).
     */
    private static Problem withoutValue(Parameters submitted, String name, PodRequest request) {
        DocumentField field = submitted.field(name);
        return request.hasUnknownCaller()
                ? Problem.suppliedByCaller(field.document(), field.path(), Problem.Thing.PARAMETER, name)
                : new Problem(
                                Problem.Kind.NO_VALUE,
                                field.document(),
                                field.path(),
                                "spec.arguments." + name + ".value or spec.arguments." + name
                                        + ".valueFrom is required")
                        .absent(Problem.Thing.PARAMETER, name);
    }

    /** The workflow's parameters in one document. */
    private static final class Parameters {

        private final Document document;
        private final String list;
        private final Map<String, Integer> indices = new HashMap<>();
        private final Set<String> withValueFrom = new HashSet<>();

        /**
         * Reads the parameters of a spec.
         *
         * @param path path of the spec in the document
         */
        Parameters(Document document, String path, JsonNode spec) {
            this.document = document;
            this.list = path + ".arguments.parameters";
            int index = 0;
            for (JsonNode parameter : spec.path("arguments").path("parameters")) {
                String name = Json.text(parameter, "name");
                if (indices.putIfAbsent(name, index++) == null && Json.isSet(parameter, "valueFrom")) {
                    withValueFrom.add(name);
                }
            }
        }

        boolean hasValueFrom(String name) {
            return withValueFrom.contains(name);
        }

        /** Returns the field of the parameter, or of the whole list if the document does not have the parameter. */
        DocumentField field(String name) {
            Integer index = indices.get(name);
            return new DocumentField(document, index == null ? list : FieldPath.element(list, index));
        }
    }

    private static Optional<String> atRunTime(String name, UnknownValues unknowns) {
        for (Map.Entry<String, String> each : REASONS_AT_RUN_TIME.entrySet()) {
            if (name.equals(each.getKey()) || name.startsWith(each.getKey() + ".")) {
                return Optional.of(unknowns.mark(name, each.getValue()));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns a mark for a variable that comes from the workflow that will call this template, and reports the
     * variable; empty for other variables, and for a workflow that runs as it is.
     */
    private static Optional<String> ofCaller(
            PodRequest request, String name, UnknownValues unknowns, DistinctProblems problems) {
        if (!request.hasUnknownCaller()
                || name.endsWith(".json")
                || CALLER_PREFIXES.stream().noneMatch(name::startsWith)) {
            return Optional.empty();
        }
        problems.add(Problem.suppliedByCaller(
                request.workflow(), "spec", Problem.Thing.ofVariable(name), UnknownValues.parameter(name)));
        return Optional.of(unknowns.markOfCaller(name));
    }

    private static String name(SubmittedWorkflow submitted, UnknownValues unknowns) {
        return submitted.name().isEmpty()
                ? unknowns.mark("workflow.name", "the API server adds five characters to generateName")
                : submitted.name();
    }

    private static void metadata(Scope scope, MergedWorkflow mergedWorkflow, String field) {
        JsonNode values = mergedWorkflow.metadata().path(field);
        scope.put("workflow." + field, ArgoJson.marshalled(values));
        scope.put("workflow." + field + ".json", ArgoJson.marshalled(values));
        JsonNode extra = mergedWorkflow.spec().path("workflowMetadata");
        values.properties().forEach(each -> put(scope, extra, field, each));
        extra.path(field).properties().forEach(each -> put(scope, extra, field, each));
    }

    /** Adds a label or annotation as a variable, except a label that {@code labelsFrom} computes. */
    private static void put(Scope scope, JsonNode extra, String field, Map.Entry<String, JsonNode> each) {
        if (!field.equals("labels") || !extra.path("labelsFrom").has(each.getKey())) {
            scope.put("workflow." + field + "." + each.getKey(), Json.text(each.getValue()));
        }
    }

    /** Adds the labels that an expression computes. The other global variables must be added before. */
    static void labelsFrom(
            Scope scope, MergedWorkflow mergedWorkflow, UnknownValues unknowns, DistinctProblems problems) {
        JsonNode extra = mergedWorkflow.spec().path("workflowMetadata");
        // The parameters of a template are not complete: its submission can add some.
        boolean hasAllParameters =
                !Json.text(mergedWorkflow.submitted().document().root(), "kind").endsWith("Template");
        extra.path("labels")
                .properties()
                .forEach(each -> scope.put("workflow.labels." + each.getKey(), Json.text(each.getValue())));
        extra.path("labelsFrom").properties().forEach(each -> {
            String text = Json.text(each.getValue(), "expression");
            Expression expression = Expression.parse(text);
            Expression.Result result = expression.evaluate(scope);
            String value = result instanceof Expression.Value known
                    ? known.text()
                    : unknowns.mark("=" + text, "labelsFrom is computed while the workflow runs");
            refusal(each.getKey(), text, expression, result, hasAllParameters).ifPresent(error -> {
                DocumentField field =
                        mergedWorkflow.field(FieldPath.field("workflowMetadata.labelsFrom", each.getKey()));
                problems.add(new Problem(Problem.Kind.REFUSED, field.document(), field.path(), error));
            });
            scope.put("workflow.labels." + each.getKey(), value);
        });
    }

    /**
     * Returns the reason why Argo refuses the value as a label; source: workflow/controller/operator.go
     * (updateWorkflowMetadata).
     *
     * @param hasAllParameters whether a parameter that the workflow does not declare is nil, as no submission adds it
     */
    private static Optional<String> refusal(
            String label, String text, Expression expression, Expression.Result result, boolean hasAllParameters) {
        Optional<String> syntaxError = expression
                .syntaxError()
                .or(() -> expression.unknownName(Set.of("workflow")).map(UnknownNames::words));
        if (syntaxError.isPresent()) {
            return syntaxError.map(reason -> "failed to compile function for expression \"" + text + "\": " + reason);
        }
        if (result instanceof Expression.Unresolved && hasAllParameters && isParameter(expression)
                || result instanceof Expression.Value known && !(known.value() instanceof String)) {
            return Optional.of(
                    "failed to evaluate label \"" + label + "\": expression \"" + text + "\" gives no string");
        }
        String value = result instanceof Expression.Value known ? known.text() : "";
        return UnknownMarks.isIn(value)
                ? Optional.empty()
                : ObjectNames.labelValue(value).stream()
                        .findFirst()
                        .map(error -> "invalid label value \"" + value + "\" for label \"" + label
                                + "\" and expression \"" + text + "\": " + error.text());
    }

    /** Returns whether the expression is a parameter. A parameter that the workflow does not have is nil. */
    private static boolean isParameter(Expression expression) {
        return expression.uses().stream()
                .anyMatch(use -> use.position() == VariableUse.Position.WHOLE
                        && use.path().size() == 3
                        && use.name().startsWith("workflow.parameters."));
    }

    /** Returns the value of a workflow parameter: as written, or from its ConfigMap, or a mark if it is not known. */
    private static String parameter(
            PodRequest request,
            JsonNode parameter,
            String name,
            UnknownValues unknowns,
            BiConsumer<String, FixTarget> reportProblem) {
        // An empty text in a template stands for a value that the caller of the template supplies.
        boolean isForCaller = request.hasUnknownCaller()
                && !request.parameters().containsKey(Json.text(parameter, "name"))
                && Inputs.isEmpty(parameter);
        if (Json.isSet(parameter, "value") && !isForCaller) {
            return ArgoJson.anyString(parameter.get("value"));
        }
        JsonNode reference = parameter.path("valueFrom").path("configMapKeyRef");
        if (reference.isObject()) {
            return configMap(request, reference, parameter.path("valueFrom"), name, unknowns, reportProblem);
        }
        return request.hasUnknownCaller()
                ? unknowns.markOfCaller(name)
                : unknowns.mark(name, "the workflow gives it no value; it comes with the submission (-p)");
    }

    /** Returns a parameter's value from a ConfigMap: that of its key, the default, or a mark with the reason. */
    static String configMap(
            PodRequest request,
            JsonNode reference,
            JsonNode valueFrom,
            String name,
            UnknownValues unknowns,
            BiConsumer<String, FixTarget> reportProblem) {
        String map = Json.text(reference, "name");
        String key = Json.text(reference, "key");
        Fact<Optional<Document>> fact = request.objects().find("ConfigMap", request.namespace(), map);
        return fact.fold(
                found -> ofConfigMap(request, found, map, key, valueFrom, name, unknowns, reportProblem),
                unknown -> unknowns.mark(name, "ConfigMap " + map + " could not be read: " + unknown.reason()));
    }

    private static String ofConfigMap(
            PodRequest request,
            Optional<Document> found,
            String map,
            String key,
            JsonNode valueFrom,
            String name,
            UnknownValues unknowns,
            BiConsumer<String, FixTarget> reportProblem) {
        JsonNode root = found.<JsonNode>map(Document::root).orElseGet(Json::object);
        boolean isLabelled =
                Json.text(root.path("metadata").path("labels"), TYPE).equals("Parameter");
        JsonNode value = root.path("data").path(key);
        if (isLabelled && value.isTextual()) {
            return value.asText();
        }
        if (Json.isSet(valueFrom, "default")) {
            return ArgoJson.anyString(valueFrom.get("default"));
        }
        String reason = !isLabelled
                ? "ConfigMap '" + map + "' does not exist. Please make sure it has the label " + TYPE + ": Parameter"
                : "ConfigMap '" + map + "' does not have the key '" + key + "'";
        String namespace = request.namespace();
        FixTarget target = found.isEmpty()
                ? FixTarget.absentParameters(namespace, map, key)
                : isLabelled ? FixTarget.key(namespace, map, key, "VALUE") : FixTarget.unlabelled(namespace, map);
        reportProblem.accept(name + ": " + reason, target);
        return unknowns.mark(name, reason);
    }
}
