package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoJson;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A processor of the inputs of templates, which sets them to their arguments and substitutes them; source:
 * argo-workflows workflow/common/util.go (ProcessArgs, SubstituteParams).
 */
public final class Inputs {

    /** Fields of a parameter that an argument replaces. */
    private static final List<String> ARGUMENT_FIELDS = List.of("value", "valueFrom");

    /** Fields of an artifact that stay when an argument replaces the others. */
    private static final Set<String> TEMPLATE_FIELDS = Set.of("name", "path", "mode", "recurseMode");

    private final PodRequest request;
    private final UnknownValues unknowns;
    private final Substitution substitution;
    private final Scope globals;
    private final DistinctProblems problems;

    Inputs(
            PodRequest request,
            UnknownValues unknowns,
            Substitution substitution,
            Scope globals,
            DistinctProblems problems) {
        this.request = request;
        this.unknowns = unknowns;
        this.substitution = substitution;
        this.globals = globals;
        this.problems = problems;
    }

    /** Adds the values of a template's input parameters to a scope. */
    public static Scope put(JsonNode template, Scope scope) {
        for (JsonNode parameter : template.path("inputs").path("parameters")) {
            if (Json.isSet(parameter, "value")) {
                scope.put(
                        "inputs.parameters." + Json.text(parameter, "name"),
                        ArgoJson.anyString(parameter.get("value")));
            }
        }
        return scope;
    }

    /** Replaces the value of a parameter by that of its argument. */
    public static void replaceValue(ObjectNode parameter, JsonNode argument) {
        parameter.remove(ARGUMENT_FIELDS);
        String field = Json.isSet(argument, "value") ? "value" : "valueFrom";
        if (Json.isSet(argument, field)) {
            parameter.set(field, argument.get(field));
        }
    }

    /** Returns an artifact of the template with the location of its argument. */
    public static ObjectNode withLocation(JsonNode artifact, JsonNode argument) {
        ObjectNode result = Json.copy(artifact);
        result.retain(TEMPLATE_FIELDS);
        return result.setAll(location(argument));
    }

    /** Returns an artifact without the fields that belong to the template. */
    public static ObjectNode location(JsonNode artifact) {
        ObjectNode location = Json.copy(artifact);
        location.remove(TEMPLATE_FIELDS);
        return location;
    }

    /**
     * Returns whether an argument replaces a field of an input.
     *
     * @param kind {@code parameters} or {@code artifacts}
     * @param field path of the field in the input, such as {@code .valueFrom.path}
     */
    public static boolean isReplacedByArgument(String kind, String field) {
        String first = field.replaceFirst("^\\.(\\w*).*", "$1");
        return kind.equals("parameters") ? ARGUMENT_FIELDS.contains(first) : !TEMPLATE_FIELDS.contains(first);
    }

    /** Returns the template with values for its inputs, substituted. */
    public ObjectNode process(ObjectNode template, TemplateCall call, Scope local) {
        JsonNode inputs = template.path("inputs");
        checkUndeclared(inputs.path("parameters"), call);
        if (inputs.path("parameters").isEmpty() && inputs.path("artifacts").isEmpty()) {
            return substitute(template, local);
        }
        ObjectNode copy = template.objectNode();
        copy.setAll(template);
        ObjectNode newInputs = Json.copy(inputs);
        copy.set("inputs", newInputs);
        Map<String, JsonNode> arguments = Json.byName(call.arguments().path("parameters"));
        for (JsonNode parameter : newInputs.path("parameters")) {
            setValue((ObjectNode) parameter, arguments, call);
        }
        if (newInputs.path("artifacts") instanceof ArrayNode artifacts) {
            newInputs.set("artifacts", withLocations(artifacts, call));
        }
        return substitute(copy, local);
    }

    /**
     * Reports arguments of a step or task that its template does not declare, which Argo ignores. Calls outside steps
     * and dag templates are left out: they can get the arguments of the workflow, which are for other templates too.
     */
    private void checkUndeclared(JsonNode inputs, TemplateCall call) {
        JsonNode arguments =
                call.boundary() == null ? Json.list() : call.arguments().path("parameters");
        Set<String> names = arguments.isEmpty() ? Set.of() : Json.byName(inputs).keySet();
        for (int i = 0; i < arguments.size(); i++) {
            String name = Json.text(arguments.get(i), "name");
            if (!names.contains(name)) {
                String list = call.path() + ".arguments.parameters";
                Optional<String> suggestion = SimilarNames.to(name, names);
                Problem problem = new Problem(
                        Problem.Kind.SUPERFLUOUS,
                        call.document(),
                        FieldPath.element(list, i) + ".name",
                        "The template has no input parameter " + name
                                + suggestion
                                        .map(each -> ". Did you mean " + each + "?")
                                        .orElse(""));
                problems.addIfAbsent(suggestion
                        .map(each -> problem.because(Missing.field(call.document(), list, each)))
                        .orElse(problem));
            }
        }
    }

    /**
     * Sets the value of an input parameter: that of its argument or ConfigMap, or else its default. An unknown value
     * becomes a mark. Reports a parameter to which nothing gives a value.
     */
    private void setValue(ObjectNode parameter, Map<String, JsonNode> arguments, TemplateCall call) {
        String name = Json.text(parameter, "name");
        if (!Json.isSet(parameter, "value") && Json.isSet(parameter, "default")) {
            parameter.set("value", parameter.get("default"));
        }
        JsonNode argument = arguments.get(name);
        if (argument != null) {
            replaceValue(parameter, argument);
        }
        JsonNode reference = parameter.path("valueFrom").path("configMapKeyRef");
        String variable = "inputs.parameters." + name;
        if (reference.isObject()) {
            JsonNode resolved = substitution.replace(reference, globals);
            parameter.put(
                    "value",
                    Globals.configMap(
                            request,
                            resolved,
                            parameter.path("valueFrom"),
                            variable,
                            unknowns,
                            (message, target) -> problems.add(new Problem(
                                            Problem.Kind.REFUSED,
                                            call.document(),
                                            call.path(),
                                            message,
                                            Optional.of(target))
                                    .of(call.certainty().existence()))));
        } else if (isCalledFromOutside(call) && (!Json.isSet(parameter, "value") || isEmpty(parameter))) {
            if (!Json.isSet(parameter, "value")) {
                addSuppliedByCaller(Problem.Thing.PARAMETER, name, call);
            }
            parameter.put("value", unknowns.markOfCaller(variable));
        } else if (!Json.isSet(parameter, "value")) {
            if (argument == null) {
                problems.addIfAbsent(SuppliedInputs.notSupplied("parameters", name, call.document(), call.path()));
            }
            parameter.put("value", unknowns.mark(variable, "nothing gives it a value: no argument, no default"));
        }
    }

    /** Returns whether the unknown caller of a template makes the call. The caller supplies missing arguments. */
    private boolean isCalledFromOutside(TemplateCall call) {
        return request.hasUnknownCaller()
                && call.boundary() == null
                && !call.path().contains(".hooks");
    }

    /** Returns whether the value of a parameter is the empty text. */
    static boolean isEmpty(JsonNode parameter) {
        return parameter.path("value").isTextual()
                && Json.text(parameter, "value").isEmpty();
    }

    private void addSuppliedByCaller(Problem.Thing thing, String name, TemplateCall call) {
        problems.add(Problem.suppliedByCaller(call.document(), call.path(), thing, name));
    }

    /**
     * Returns the input artifacts with the locations of their arguments. Reports an artifact that is not optional and
     * has neither an argument nor a location.
     */
    private ArrayNode withLocations(ArrayNode artifacts, TemplateCall call) {
        ArrayNode result = Json.list();
        Map<String, JsonNode> arguments = Json.byName(call.arguments().path("artifacts"));
        for (JsonNode artifact : artifacts) {
            String name = Json.text(artifact, "name");
            JsonNode argument = arguments.get(name);
            if (argument == null && !artifact.path("optional").asBoolean() && !Locations.hasLocationOrKey(artifact)) {
                if (isCalledFromOutside(call)) {
                    addSuppliedByCaller(Problem.Thing.ARTIFACT, name, call);
                } else {
                    problems.addIfAbsent(SuppliedInputs.notSupplied("artifacts", name, call.document(), call.path()));
                }
            }
            result.add(argument == null ? artifact : withLocation(artifact, argument));
        }
        return result;
    }

    /**
     * Substitutes the global and local variables first, then the inputs, since an input's value can contain a global
     * variable.
     */
    public ObjectNode substitute(ObjectNode template, Scope local) {
        JsonNode first = substitution.replace(template, local);
        Scope inputs = local.inner();
        List<JsonNode> parameters = new ArrayList<>();
        first.path("inputs").path("parameters").forEach(parameters::add);
        for (JsonNode parameter : parameters) {
            if (Json.isSet(parameter, "value")) {
                inputs.put(
                        "inputs.parameters." + Json.text(parameter, "name"),
                        ArgoJson.anyString(parameter.get("value")));
            }
        }
        inputs.put("inputs.parameters", ArgoJson.parameters(first.path("inputs").path("parameters")));
        addPaths(inputs, "inputs.artifacts.", first.path("inputs").path("artifacts"), "");
        addPaths(inputs, "outputs.artifacts.", first.path("outputs").path("artifacts"), "");
        addPaths(inputs, "outputs.parameters.", first.path("outputs").path("parameters"), "valueFrom");
        return (ObjectNode) substitution.replace(first, inputs);
    }

    private static void addPaths(Scope scope, String prefix, JsonNode list, String field) {
        for (JsonNode element : list) {
            String path = Json.text(field.isEmpty() ? element : element.path(field), "path");
            if (!path.isEmpty()) {
                scope.put(prefix + Json.text(element, "name") + ".path", path);
            }
        }
    }
}
