package io.jenkins.plugins.argopreflight.engine.workflow.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.ExpressionSyntax;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.UnknownNames;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.template.ExecWorkflow;
import io.jenkins.plugins.argopreflight.engine.workflow.template.SuppliedInputs;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tags {@code {{=…}}} that do not compile, and tags without a value. With an unknown name a tag stays in the text, which
 * {@code when} and the loops refuse. Source: argo-workflows util/template/expression_template.go. What else is an
 * expression is judged where the run comes to it.
 */
final class ExpressionRules {

    private static final Pattern ITEM = Pattern.compile("\\{\\{\\s*item\\s*}}");

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
                                (tag.isDecided() ? what + ": " : "") + UnknownNames.words(name) + " in " + shown
                                        + UnknownNames.hint(tag.name(), name)));
            }
        }
    }

    /**
     * The tags outside the templates, which the controller replaces before it writes the first status: those of the
     * workflow and of the template that it refers to, as far as their text is in the merged spec. A template without an
     * entrypoint is never referred to as a whole.
     */
    static void spec(WalkState run) {
        if (run.request.workflow().kind().endsWith("WorkflowTemplate") && !Json.has(run.spec(), "entrypoint")) {
            return;
        }
        Set<String> merged =
                outside("", run.exec.unsubstituted()).map(TagWalk.Tag::name).collect(Collectors.toSet());
        for (ExecWorkflow.Layer layer : run.exec.layers()) {
            if (layer.source() == FieldSource.WORKFLOW_SPEC) {
                ExpressionRules rules = new ExpressionRules(layer.document(), run.problems);
                outside(layer.path(), layer.spec())
                        .filter(tag -> merged.contains(tag.name()))
                        .forEach(tag -> ExpressionSyntax.problem(tag.name())
                                .ifPresent(why -> rules.add(
                                        Problem.Kind.NO_STATUS, tag.path(), why + " in {{=" + tag.name() + "}}")));
            }
        }
    }

    private static Stream<TagWalk.Tag> outside(String path, JsonNode spec) {
        return spec.properties().stream()
                .filter(field -> !field.getKey().equals("templates"))
                .flatMap(
                        field -> TagWalk.expressions(FieldPath.field(path, field.getKey()), field.getValue()).stream());
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

    private void add(Problem.Kind kind, String path, String message) {
        SuppliedInputs.add(new Problem(kind, document, path, message), problems);
    }
}
