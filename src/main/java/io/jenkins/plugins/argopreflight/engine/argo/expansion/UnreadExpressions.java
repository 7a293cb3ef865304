package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Expression;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownNames;
import io.jenkins.plugins.argopreflight.engine.argo.expression.VariableUse;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.validation.TagFinder;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A check for expressions that do not compile, at the point where the workflow evaluates them; Argo's validation does
 * not check them. Sources: argo-workflows util/template/expression_template.go, util/expr/argoexpr/eval.go,
 * workflow/controller/{hooks,exit_handler,operator,scope}.go, workflow/executor/agent.go.
 */
public final class UnreadExpressions {

    /** Variables that the outputs of steps and dags can use; source: workflow/controller/scope.go (createScope). */
    private static final Set<String> OUTPUT_VARIABLES = Set.of("inputs", "steps", "tasks");

    private static final Set<String> RESPONSE_FIELDS = Set.of("statusCode", "body", "headers");

    private final Simulation run;

    public UnreadExpressions(Simulation run) {
        this.run = run;
    }

    /** Checks a template that a node executes. Argo replaces its tags together, whatever they are for. */
    void template(TemplateCall call, JsonNode template) {
        if (run.version.has(Behaviour.REFUSED_SYNTAX)) {
            Set<String> replacedPaths = replacedDefaults(call, template);
            for (TagFinder.Tag tag : TagFinder.expressions(call.path(), template)) {
                if (!replacedPaths.contains(tag.path())) {
                    Expression.parse(tag.name())
                            .syntaxError()
                            .ifPresent(reason -> refuse(call, tag.path(), reason + " in {{=" + tag.name() + "}}"));
                }
            }
        }
        if (Json.isSet(template, "steps") || Json.isSet(template, "dag")) {
            outputs(call, call.path() + ".outputs", template.path("outputs"));
        }
        http(call, call.path() + ".http.successCondition", Json.text(template.path("http"), "successCondition"));
    }

    /** Returns the paths of default values that arguments of the caller replace. */
    private static Set<String> replacedDefaults(TemplateCall call, JsonNode template) {
        Set<String> paths = new HashSet<>();
        Map<String, JsonNode> arguments = Json.byName(call.arguments().path("parameters"));
        int index = 0;
        for (JsonNode input : template.path("inputs").path("parameters")) {
            if (arguments.containsKey(Json.text(input, "name"))) {
                paths.add(FieldPath.element(call.path() + ".inputs.parameters", index) + ".value");
            }
            index++;
        }
        return paths;
    }

    /**
     * Checks a hook.
     *
     * @param hook the call with the path of the hook
     * @param template the steps or dag template with the step or task of the hook; missing for a hook of the workflow
     * @param member name of that step or task
     */
    public void hook(TemplateCall hook, String expression, JsonNode template, String member) {
        String kind = template.isMissingNode() ? "" : Json.isSet(template, "dag") ? "tasks" : "steps";
        Set<String> roots = kind.isEmpty() ? Set.of("workflow") : Set.of("workflow", "inputs", kind);
        String path = hook.path() + ".expression";
        Optional<List<String>> firstPath = Expression.parse(expression)
                .first()
                .filter(use -> !use.isOptional() && use.path().size() > 2)
                .map(VariableUse::path);
        if (compiles(hook, path, expression, roots)
                && firstPath.isPresent()
                && firstPath.get().get(0).equals(kind)) {
            String other = firstPath.get().get(1);
            Set<String> started = startedMembers(template, member);
            if (!started.contains(other)) {
                refuse(
                        hook,
                        path,
                        "cannot fetch " + firstPath.get().get(2) + " from <nil> in " + expression + ": no "
                                + (kind.equals("steps") ? "step " : "task ") + other + " has begun by then"
                                + SimilarNames.question(SimilarNames.to(other, started)));
            }
        }
    }

    /** Returns the steps up to the member's group, or all tasks. */
    private static Set<String> startedMembers(JsonNode template, String member) {
        Set<String> names = new HashSet<>();
        for (JsonNode group : template.path("steps")) {
            boolean isLastGroup = false;
            for (JsonNode step : group) {
                String name = Json.text(step, "name");
                names.add(name);
                isLastGroup |= member.equals(name) || member.startsWith(name + "(");
            }
            if (isLastGroup) {
                return names;
            }
        }
        template.path("dag").path("tasks").forEach(task -> names.add(Json.text(task, "name")));
        return names;
    }

    private void outputs(TemplateCall call, String path, JsonNode outputs) {
        JsonNode parameters = outputs.path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            JsonNode from = parameters.get(i).path("valueFrom");
            if (!Json.isSet(from, "default")) {
                String fieldPath = FieldPath.element(path + ".parameters", i) + ".valueFrom.expression";
                compiles(call, fieldPath, Json.text(from, "expression"), OUTPUT_VARIABLES);
            }
        }
        JsonNode artifacts = outputs.path("artifacts");
        for (int i = 0; i < artifacts.size(); i++) {
            String fieldPath = FieldPath.element(path + ".artifacts", i) + ".fromExpression";
            compiles(call, fieldPath, Json.text(artifacts.get(i), "fromExpression"), OUTPUT_VARIABLES);
        }
    }

    /** Checks the condition that decides whether a request succeeded. */
    private void http(TemplateCall call, String path, String condition) {
        compiles(call, path, condition, Set.of("request", "response"));
        Expression.parse(condition).members("response").stream()
                .limit(1)
                .filter(member -> !RESPONSE_FIELDS.contains(member))
                .forEach(member -> refuse(
                        call,
                        path,
                        "response has no " + member + ", only statusCode, body and headers: the condition is not true"
                                + SimilarNames.to(member, RESPONSE_FIELDS)
                                        .map(each -> "; did you mean response." + each + "?")
                                        .orElse("")));
    }

    /** Returns whether an expression compiles, as far as this can be checked, and reports a problem if it does not. */
    private boolean compiles(TemplateCall call, String path, String expression, Set<String> roots) {
        if (expression.isEmpty() || expression.contains("{{")) {
            return false;
        }
        Expression parsed = Expression.parse(expression);
        Optional<String> error = parsed.syntaxError()
                .map(reason -> reason + " in " + expression)
                .or(() -> parsed.unknownName(roots)
                        .map(name -> UnknownNames.words(name) + " in " + expression
                                + (roots == OUTPUT_VARIABLES && UnknownNames.ROOTS.contains(name)
                                        ? "; an output is taken from inputs, steps or tasks: make it an input of the"
                                                + " template"
                                        : UnknownNames.hint(expression, name))));
        error.ifPresent(reason -> refuse(call, path, reason));
        return error.isEmpty();
    }

    private void refuse(TemplateCall call, String path, String message) {
        run.problem(Problem.Kind.REFUSED, call.withLocation(call.document(), path), message);
    }
}
