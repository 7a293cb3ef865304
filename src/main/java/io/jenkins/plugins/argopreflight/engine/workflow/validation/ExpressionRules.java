package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.manifest.Nearest;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.ExpressionSyntax;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.UnknownNames;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.template.SuppliedInputs;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expressions that do not compile. With an unknown name a tag {@code {{=…}}} stays in the text, which {@code when} and the
 * loops refuse; hooks and outputs end in Error. Source: argo-workflows util/template/expression_template.go,
 * workflow/controller/hooks.go, util/expr/argoexpr/eval.go.
 */
final class ExpressionRules {

    /** A step or parameter whose name has a dash. */
    private static final Pattern DASHED =
            Pattern.compile("\\b(workflow\\.parameters|inputs\\.parameters|steps|tasks)\\.(\\w+(?:-\\w+)+)");

    /** A condition that begins with a step or task, whatever is after it. */
    private static final Pattern MEMBER = Pattern.compile("^\\s*(steps|tasks)\\.(\\w+)\\.(\\w+)");

    private static final Pattern ITEM = Pattern.compile("\\{\\{\\s*item\\s*}}");

    private static final Pattern RESPONSE = Pattern.compile("\\bresponse\\.(\\w+)");

    /** What the outputs of steps and dags are taken from; source: workflow/controller/scope.go (createScope). */
    private static final Set<String> OF_OUTPUTS = Set.of("inputs", "steps", "tasks");

    private static final Set<String> RESPONSE_FIELDS = Set.of("statusCode", "body", "headers");

    private final Document document;
    private final List<Problem> problems;

    ExpressionRules(Document document, List<Problem> problems) {
        this.document = document;
        this.problems = problems;
    }

    /** The tags in a tree. @param what it is called in messages */
    void tags(String path, String what, JsonNode tree) {
        for (TagWalk.Tag tag : TagWalk.expressions(path, tree)) {
            String shown = "{{=" + tag.name() + "}}";
            if (tag.isOpenString()) {
                add(
                        Problem.Kind.REFUSED,
                        tag.path(),
                        "failed to evaluate expression: literal not terminated: " + shown
                                + " ends at the first }}, which is in a string; write it as } }");
            } else {
                UnknownNames.first(tag.name(), UnknownNames.ROOTS)
                        .ifPresent(name -> add(
                                tag.isDecided() ? Problem.Kind.REFUSED : Problem.Kind.LITERAL,
                                tag.path(),
                                (tag.isDecided() ? what + ": " : "") + unknown(name) + " in " + shown
                                        + hint(tag.name(), name)));
            }
        }
    }

    /** The tags of a spec outside its templates, which the controller replaces before it writes the first status. */
    void spec(String path, JsonNode spec) {
        for (Map.Entry<String, JsonNode> field : spec.properties()) {
            if (!field.getKey().equals("templates")) {
                for (TagWalk.Tag tag : TagWalk.expressions(FieldPath.field(path, field.getKey()), field.getValue())) {
                    ExpressionSyntax.problem(tag.name())
                            .ifPresent(why ->
                                    add(Problem.Kind.NO_STATUS, tag.path(), why + " in {{=" + tag.name() + "}}"));
                }
            }
        }
    }

    /** Argo's validation knows an artifact itself as a variable, and nothing gives it a value in a pod's template. */
    void artifacts(String path, JsonNode template) {
        Set<String> artifacts = new HashSet<>();
        template.path("inputs")
                .path("artifacts")
                .forEach(artifact -> artifacts.add("inputs.artifacts." + Json.text(artifact, "name")));
        for (TagWalk.Tag tag : TagWalk.of(path, template)) {
            if (artifacts.contains(tag.name())) {
                add(
                        Problem.Kind.LITERAL,
                        tag.path(),
                        "{{" + tag.name() + "}} has no value; {{" + tag.name() + ".path}} is the artifact's file");
            }
        }
    }

    /** The arguments of a step or task without a loop, in which Argo leaves the item as it is. */
    void items(String path, JsonNode step) {
        JsonNode parameters = step.path("arguments").path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            if (ITEM.matcher(Json.text(parameters.get(i), "value")).find()) {
                add(
                        Problem.Kind.LITERAL,
                        FieldPath.element(path + ".arguments.parameters", i) + ".value",
                        "{{item}} has no value: the step has no withItems, withParam or withSequence");
            }
        }
    }

    /**
     * The expressions of hooks.
     *
     * @param member {@code steps}, {@code tasks} or "" for those of the workflow
     * @param names those of the steps that can have begun by then, or of the tasks
     */
    void hooks(String path, JsonNode hooks, String member, Set<String> names) {
        Set<String> roots = member.isEmpty() ? Set.of("workflow") : Set.of("workflow", "inputs", member);
        for (Map.Entry<String, JsonNode> hook : hooks.properties()) {
            String at = FieldPath.field(path, hook.getKey()) + ".expression";
            expression(at, hook.getValue(), "expression", roots);
            String text = Json.text(hook.getValue(), "expression");
            Matcher other = MEMBER.matcher(text);
            if (other.find() && other.group(1).equals(member) && !names.contains(other.group(2))) {
                add(
                        Problem.Kind.REFUSED,
                        at,
                        "cannot fetch " + other.group(3) + " from <nil> in " + text + ": there is no " + other.group(1)
                                + "." + other.group(2) + " by then"
                                + Nearest.to(other.group(2), names)
                                        .map(each -> "; did you mean " + each + "?")
                                        .orElse(""));
            }
        }
    }

    /** The outputs of steps and dags. */
    void outputs(String path, JsonNode outputs) {
        JsonNode parameters = outputs.path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            String at = FieldPath.element(path + ".parameters", i) + ".valueFrom.expression";
            JsonNode from = parameters.get(i).path("valueFrom");
            if (!Json.isSet(from, "default")) {
                expression(at, from, "expression", OF_OUTPUTS);
            }
        }
        JsonNode artifacts = outputs.path("artifacts");
        for (int i = 0; i < artifacts.size(); i++) {
            String at = FieldPath.element(path + ".artifacts", i) + ".fromExpression";
            expression(at, artifacts.get(i), "fromExpression", OF_OUTPUTS);
        }
    }

    /** What decides whether a request succeeded; source: workflow/executor/agent.go. */
    void http(String path, JsonNode http) {
        expression(path + ".successCondition", http, "successCondition", Set.of("request", "response"));
        Matcher member = RESPONSE.matcher(Json.text(http, "successCondition"));
        if (member.find() && !RESPONSE_FIELDS.contains(member.group(1))) {
            add(
                    Problem.Kind.REFUSED,
                    path + ".successCondition",
                    "response has no " + member.group(1)
                            + ", only statusCode, body and headers: the condition is not true"
                            + Nearest.to(member.group(1), RESPONSE_FIELDS)
                                    .map(each -> "; did you mean response." + each + "?")
                                    .orElse(""));
        }
    }

    private void expression(String path, JsonNode holder, String field, Set<String> roots) {
        String text = Json.text(holder, field);
        if (text.isEmpty() || text.contains("{{")) {
            return;
        }
        Optional<String> syntax = ExpressionSyntax.problem(text);
        syntax.ifPresent(why -> add(Problem.Kind.REFUSED, path, why + " in " + text));
        if (syntax.isEmpty()) {
            UnknownNames.first(text, roots)
                    .ifPresent(name -> add(
                            Problem.Kind.REFUSED,
                            path,
                            unknown(name) + " in " + text
                                    + (roots == OF_OUTPUTS && UnknownNames.ROOTS.contains(name)
                                            ? "; an output is taken from inputs, steps or tasks: make it an input of the"
                                                    + " template"
                                            : hint(text, name))));
        }
    }

    private static String unknown(String name) {
        return (Character.isDigit(name.charAt(0)) ? "bad number syntax " : "unknown name ") + name;
    }

    private static String hint(String text, String unknown) {
        // Of a number only the digits: in steps.step-1.status it is 1.status.
        String name = Character.isDigit(unknown.charAt(0)) ? unknown.replaceFirst("\\..*", "") : unknown;
        Matcher dashed = DASHED.matcher(text);
        while (dashed.find()) {
            if (List.of(dashed.group(2).split("-")).contains(name)) {
                return "; a dash is a minus there: write " + dashed.group(1) + "['" + dashed.group(2) + "']";
            }
        }
        if (name.equals("steps") || name.equals("tasks")) {
            return "; here it is " + (name.equals("steps") ? "tasks" : "steps");
        }
        Set<String> names = new HashSet<>(UnknownNames.functions());
        names.addAll(UnknownNames.ROOTS);
        return Nearest.to(name, names)
                .map(each -> "; did you mean " + each + "?")
                .orElse("");
    }

    private void add(Problem.Kind kind, String path, String message) {
        SuppliedInputs.add(new Problem(kind, document.locate(path), path, message), problems);
    }
}
