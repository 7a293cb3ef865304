package io.jenkins.plugins.argopreflight.engine.workflow.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Missing;
import io.jenkins.plugins.argopreflight.engine.workflow.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unknowns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a template its arguments and substitutes them; source: argo-workflows workflow/common/util.go (ProcessArgs,
 * SubstituteParams).
 */
public final class Inputs {

    /** What an argument replaces of a parameter. */
    private static final List<String> OF_ARGUMENT = List.of("value", "valueFrom");

    /** What an artifact keeps of the template when an argument replaces it. */
    private static final Set<String> OF_TEMPLATE = Set.of("name", "path", "mode", "recurseMode");

    private final PodRequest request;
    private final Unknowns unknowns;
    private final Substitution substitution;
    private final Scope globals;

    Inputs(PodRequest request, Unknowns unknowns, Substitution substitution, Scope globals) {
        this.request = request;
        this.unknowns = unknowns;
        this.substitution = substitution;
        this.globals = globals;
    }

    /** Gives the values of a template's input parameters to a scope. */
    public static Scope put(JsonNode template, Scope scope) {
        for (JsonNode parameter : template.path("inputs").path("parameters")) {
            if (Json.isSet(parameter, "value")) {
                scope.put("inputs.parameters." + Json.text(parameter, "name"), Json.anyString(parameter.get("value")));
            }
        }
        return scope;
    }

    /** Puts the argument of a parameter in the place of its value. */
    public static void give(ObjectNode parameter, JsonNode argument) {
        parameter.remove(OF_ARGUMENT);
        String field = Json.isSet(argument, "value") ? "value" : "valueFrom";
        if (Json.isSet(argument, field)) {
            parameter.set(field, argument.get(field));
        }
    }

    /** An artifact with the location of its argument. */
    public static ObjectNode given(JsonNode artifact, JsonNode argument) {
        ObjectNode given = Json.copy(artifact);
        given.retain(OF_TEMPLATE);
        return given.setAll(location(argument));
    }

    /** An artifact without what is the template's. */
    public static ObjectNode location(JsonNode artifact) {
        ObjectNode location = Json.copy(artifact);
        location.remove(OF_TEMPLATE);
        return location;
    }

    /** Whether an argument replaces a field. @param field its path in the input, such as {@code .valueFrom.path} */
    public static boolean isOfArgument(String kind, String field) {
        String first = field.replaceFirst("^\\.(\\w*).*", "$1");
        return kind.equals("parameters") ? OF_ARGUMENT.contains(first) : !OF_TEMPLATE.contains(first);
    }

    /** The template with values for its inputs, substituted. */
    public ObjectNode process(ObjectNode template, TemplateCall call, Scope local, List<Problem> problems) {
        JsonNode inputs = template.path("inputs");
        superfluous(inputs.path("parameters"), call, problems);
        if (inputs.path("parameters").isEmpty() && inputs.path("artifacts").isEmpty()) {
            return substitute(template, local);
        }
        ObjectNode given = template.objectNode();
        given.setAll(template);
        ObjectNode newInputs = Json.copy(inputs);
        given.set("inputs", newInputs);
        Map<String, JsonNode> arguments = Json.byName(call.arguments().path("parameters"));
        for (JsonNode parameter : newInputs.path("parameters")) {
            parameter((ObjectNode) parameter, arguments, call, problems);
        }
        if (newInputs.path("artifacts") instanceof ArrayNode artifacts) {
            newInputs.set("artifacts", artifacts(artifacts, call, problems));
        }
        return substitute(given, local);
    }

    /** Argo ignores an argument that the template does not take; only of a step or task is it meant for that template. */
    private static void superfluous(JsonNode inputs, TemplateCall call, List<Problem> problems) {
        JsonNode arguments =
                call.boundary() == null ? Json.list() : call.arguments().path("parameters");
        Set<String> names = arguments.isEmpty() ? Set.of() : Json.byName(inputs).keySet();
        for (int i = 0; i < arguments.size(); i++) {
            String name = Json.text(arguments.get(i), "name");
            if (!names.contains(name)) {
                String list = call.path() + ".arguments.parameters";
                Optional<String> near = Nearest.to(name, names);
                Problem problem = new Problem(
                        Problem.Kind.SUPERFLUOUS,
                        call.document(),
                        FieldPath.element(list, i) + ".name",
                        "The template has no input parameter " + name
                                + near.map(each -> ". Did you mean " + each + "?")
                                        .orElse(""));
                SuppliedInputs.add(
                        near.map(each -> problem.because(Missing.field(call.document(), list, each)))
                                .orElse(problem),
                        problems);
            }
        }
    }

    private void parameter(
            ObjectNode parameter, Map<String, JsonNode> arguments, TemplateCall call, List<Problem> problems) {
        String name = Json.text(parameter, "name");
        if (!Json.isSet(parameter, "value") && Json.isSet(parameter, "default")) {
            parameter.set("value", parameter.get("default"));
        }
        JsonNode given = arguments.get(name);
        if (given != null) {
            give(parameter, given);
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
                            (why, target) -> problems.add(new Problem(
                                            Problem.Kind.REFUSED,
                                            call.document(),
                                            call.path(),
                                            why,
                                            Optional.of(target))
                                    .of(call.certainty().existence()))));
        } else if (isOpen(call) && (!Json.isSet(parameter, "value") || isEmpty(parameter))) {
            if (!Json.isSet(parameter, "value")) {
                supplied(Problem.Thing.PARAMETER, name, call, problems);
            }
            parameter.put("value", unknowns.mark(variable, Unknowns.CALLER));
        } else if (!Json.isSet(parameter, "value")) {
            if (given == null) {
                SuppliedInputs.add(
                        SuppliedInputs.notSupplied("parameters", name, call.document(), call.path()), problems);
            }
            parameter.put("value", unknowns.mark(variable, "nothing gives it a value: no argument, no default"));
        }
    }

    /** Returns whether the caller of a template on its own makes the call: it supplies what is not given. */
    private boolean isOpen(TemplateCall call) {
        return request.isLibrary() && call.boundary() == null && !call.path().contains(".hooks");
    }

    /** Returns whether a parameter has the empty text for a value. */
    static boolean isEmpty(JsonNode parameter) {
        return parameter.path("value").isTextual()
                && parameter.path("value").asText("").isEmpty();
    }

    private static void supplied(Problem.Thing thing, String name, TemplateCall call, List<Problem> problems) {
        problems.add(Problem.suppliedByCaller(call.document(), call.path(), thing, name));
    }

    private ArrayNode artifacts(ArrayNode artifacts, TemplateCall call, List<Problem> problems) {
        ArrayNode given = Json.list();
        Map<String, JsonNode> arguments = Json.byName(call.arguments().path("artifacts"));
        for (JsonNode artifact : artifacts) {
            String name = Json.text(artifact, "name");
            JsonNode argument = arguments.get(name);
            if (argument == null && !artifact.path("optional").asBoolean() && !Locations.hasLocationOrKey(artifact)) {
                if (isOpen(call)) {
                    supplied(Problem.Thing.ARTIFACT, name, call, problems);
                } else {
                    SuppliedInputs.add(
                            SuppliedInputs.notSupplied("artifacts", name, call.document(), call.path()), problems);
                }
            }
            given.add(argument == null ? artifact : given(artifact, argument));
        }
        return given;
    }

    /** Globals and locals first, then the inputs: an input's value can itself name a global. */
    public ObjectNode substitute(ObjectNode template, Scope local) {
        JsonNode first = substitution.replace(template, local);
        Scope inputs = local.inner();
        List<JsonNode> parameters = new ArrayList<>();
        first.path("inputs").path("parameters").forEach(parameters::add);
        for (JsonNode parameter : parameters) {
            if (Json.isSet(parameter, "value")) {
                inputs.put("inputs.parameters." + Json.text(parameter, "name"), Json.anyString(parameter.get("value")));
            }
        }
        inputs.put("inputs.parameters", Json.parameters(first.path("inputs").path("parameters")));
        paths(inputs, "inputs.artifacts.", first.path("inputs").path("artifacts"), "");
        paths(inputs, "outputs.artifacts.", first.path("outputs").path("artifacts"), "");
        paths(inputs, "outputs.parameters.", first.path("outputs").path("parameters"), "valueFrom");
        return (ObjectNode) substitution.replace(first, inputs);
    }

    private static void paths(Scope scope, String prefix, JsonNode list, String below) {
        for (JsonNode element : list) {
            String path = Json.text(below.isEmpty() ? element : element.path(below), "path");
            if (!path.isEmpty()) {
                scope.put(prefix + Json.text(element, "name") + ".path", path);
            }
        }
    }
}
