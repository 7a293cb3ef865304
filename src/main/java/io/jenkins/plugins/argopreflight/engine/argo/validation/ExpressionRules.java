package io.jenkins.plugins.argopreflight.engine.argo.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Expression;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownNames;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.template.MergedWorkflow;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules for tags {@code {{=…}}} that do not compile, and for tags without a value. A tag with an unknown name stays in
 * the text, which {@code when} and the loops refuse. Source: argo-workflows util/template/expression_template.go. Other
 * expressions are checked where the simulation of the run evaluates them.
 */
final class ExpressionRules {

    private final Document document;
    private final Consumer<Problem> problems;

    ExpressionRules(Document document, Consumer<Problem> problems) {
        this.document = document;
        this.problems = problems;
    }

    /**
     * Checks the tags in a tree.
     *
     * @param label the name of the tree in messages
     */
    void tags(String path, String label, JsonNode tree) {
        for (TagFinder.Tag tag : TagFinder.expressions(path, tree)) {
            String shown = "{{=" + tag.name() + "}}";
            if (tag.isOpenString()) {
                add(
                        Problem.Kind.REFUSED,
                        tag.path(),
                        "failed to evaluate expression: literal not terminated: " + shown
                                + " ends at the first }}, which is in a string; write it as } }");
            } else {
                Expression.parse(tag.name())
                        .unknownName(UnknownNames.ROOTS)
                        .ifPresent(name -> add(
                                tag.isDecided() ? Problem.Kind.REFUSED : Problem.Kind.LITERAL,
                                tag.path(),
                                (tag.isDecided() ? label + ": " : "") + UnknownNames.words(name) + " in " + shown
                                        + UnknownNames.hint(tag.name(), name)));
            }
        }
    }

    /**
     * Checks the tags outside the templates, which the controller replaces before it writes the first status: those of
     * the workflow and of the template to which it refers, if the merged spec has them too. A template without an
     * entrypoint is not executed as a whole.
     */
    static void spec(Simulation run) {
        if (run.request.workflow().kind().endsWith("WorkflowTemplate") && !Json.has(run.spec(), "entrypoint")) {
            return;
        }
        Set<String> merged = tagsOutsideTemplates("", run.mergedWorkflow.unsubstituted())
                .map(TagFinder.Tag::name)
                .collect(Collectors.toSet());
        for (MergedWorkflow.Layer layer : run.mergedWorkflow.layers()) {
            if (layer.source() == FieldSource.WORKFLOW_SPEC) {
                ExpressionRules rules = new ExpressionRules(layer.document(), run::addIfAbsent);
                tagsOutsideTemplates(layer.path(), layer.spec())
                        .filter(tag -> merged.contains(tag.name()))
                        .forEach(tag -> Expression.parse(tag.name())
                                .syntaxError()
                                .ifPresent(reason -> rules.add(
                                        Problem.Kind.NO_STATUS, tag.path(), reason + " in {{=" + tag.name() + "}}")));
            }
        }
    }

    private static Stream<TagFinder.Tag> tagsOutsideTemplates(String path, JsonNode spec) {
        return spec.properties().stream()
                .filter(field -> !field.getKey().equals("templates"))
                .flatMap(field ->
                        TagFinder.expressions(FieldPath.field(path, field.getKey()), field.getValue()).stream());
    }

    /**
     * Reports tags that are an artifact itself. Argo's validation accepts them as variables, but they have no value in
     * a pod's template.
     */
    void artifacts(String path, JsonNode template) {
        Set<String> artifacts = new HashSet<>();
        template.path("inputs")
                .path("artifacts")
                .forEach(artifact -> artifacts.add("inputs.artifacts." + Json.text(artifact, "name")));
        for (TagFinder.Tag tag : TagFinder.of(path, template)) {
            if (artifacts.contains(tag.name())) {
                add(
                        Problem.Kind.LITERAL,
                        tag.path(),
                        "{{" + tag.name() + "}} has no value; {{" + tag.name() + ".path}} is the artifact's file");
            }
        }
    }

    /** Reports the item in arguments of a step or task without a loop, which Argo does not replace. */
    void items(String path, JsonNode step) {
        JsonNode parameters = step.path("arguments").path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            if (CallRules.ITEM.matcher(Json.text(parameters.get(i), "value")).find()) {
                add(
                        Problem.Kind.LITERAL,
                        FieldPath.element(path + ".arguments.parameters", i) + ".value",
                        "{{item}} has no value: the step has no withItems, withParam or withSequence");
            }
        }
    }

    private void add(Problem.Kind kind, String path, String message) {
        problems.accept(new Problem(kind, document, path, message));
    }
}
