package io.jenkins.plugins.argopreflight.engine.workflow.walk;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.Expression;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.ExpressionSyntax;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.KubectlJsonPath;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.OperandTypes;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.Spans;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.UnknownNames;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.Variables;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.When;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Condition;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Decision;
import io.jenkins.plugins.argopreflight.engine.workflow.template.Loops;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import io.jenkins.plugins.argopreflight.engine.workflow.validation.TagWalk;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expressions that fail on the types of their operands or on their values, where the run comes to them. Sources: argo-workflows
 * util/template/expression_template.go, workflow/controller/{steps,dag,hooks,operator,scope}.go.
 */
public final class MistypedExpressions {

    /** Of a template, what the controller reads itself: a tag that stays in it ends the node in Error. */
    private static final Set<String> READ = Set.of("activeDeadlineSeconds", "suspend");

    /** A member that there is not; source: operator.go (buildRetryStrategyLocalScope). */
    private static final Pattern LAST_RETRY =
            Pattern.compile("\\blastRetry\\.(?!(?:exitCode|status|duration|message)\\b)(\\w+)");

    private static final Set<String> OF_RETRIES = Set.of("lastRetry", "retries");

    private final WalkState run;
    private final Variables values;

    /** @param known the variables where the expressions stand */
    public MistypedExpressions(WalkState run, Variables known) {
        this.run = run;
        this.values = known;
    }

    /** What decides whether a step or task runs: the tag stays in it, and Argo refuses it. */
    void condition(TemplateCall member) {
        tags(member, "when", written(member), Problem.Kind.REFUSED);
    }

    /** What decides how often a step or task runs that is not skipped before. */
    void loop(TemplateCall member, Decision before) {
        JsonNode written = written(member);
        // A condition on the items is decided later than their list.
        TemplateCall at = isOfItems(written) ? member : member.with(before.of(member.certainty()));
        tags(at, "withParam", written, Problem.Kind.REFUSED);
        tags(at, "withSequence", written, Problem.Kind.REFUSED);
    }

    /**
     * The arguments of one that runs: Argo refuses what it cannot evaluate, older versions only in loops. In a loop it decides
     * the condition before the item is in it: only when that is false, it leaves such a tag (operator.go, processItem).
     */
    void arguments(TemplateCall member, Decision when, boolean runs) {
        JsonNode written = written(member);
        if (isOfItems(written) && !isFalseBefore(Json.text(written, "when"))) {
            tags(member, "arguments", written, Problem.Kind.REFUSED);
        } else if (runs && isOfItems(written)) {
            tags(member.with(when.of(member.certainty())), "arguments", written, Problem.Kind.LITERAL);
        } else if (runs) {
            boolean refused = Loops.isLoop(written) || run.version.has(Behaviour.WAITS_FOR_VALUES);
            TemplateCall at = member.with(when.of(member.certainty()));
            tags(at, "arguments", written, refused ? Problem.Kind.REFUSED : Problem.Kind.LITERAL);
        }
    }

    /** Of a condition on the item, whose tags are in quotes: there it is a text. Without quotes Argo cannot evaluate it. */
    private static boolean isFalseBefore(String when) {
        boolean quoted = !Spans.replace(when, "", "'", "'", "\"", "\"").contains("{{");
        return quoted
                && !When.decide(when.replace("{{", "[").replace("}}", "]")).orElse(false);
    }

    private static boolean isOfItems(JsonNode written) {
        return Loops.isLoop(written) && Json.text(written, "when").contains("{{item");
    }

    /** @param hook with the path of its holder */
    public void hook(TemplateCall hook, String expression) {
        expression(hook.at(hook.document(), hook.path() + ".expression"), expression);
    }

    /** A template that a node executes. */
    void template(TemplateHolder.Found found, TemplateCall node) {
        JsonNode template = found.template();
        TemplateType type = TemplateType.of(template);
        TemplateCall call = node.at(found.document(), found.path());
        new UnreadExpressions(run).template(call, template);
        if (type == TemplateType.STEPS || type == TemplateType.DAG) {
            outputs(call, template.path("outputs"), type);
        } else {
            template.properties()
                    .forEach(field -> tags(
                            call,
                            field.getKey(),
                            template,
                            READ.contains(field.getKey()) ? Problem.Kind.REFUSED : Problem.Kind.LITERAL));
        }
        if (type == TemplateType.RESOURCE) {
            paths(call, template.path("outputs").path("parameters"));
        }
        retries(call.at(call.document(), call.path() + ".retryStrategy"), template.path("retryStrategy"));
        if (!Json.isSet(template, "retryStrategy")) {
            retries(node.at(run.exec.field("retryStrategy")), run.spec().path("retryStrategy"));
        }
    }

    /**
     * Taken from the steps or tasks when these have ended. Sources: argo-workflows workflow/controller/operator.go
     * (getTemplateOutputsFromScope), workflow/controller/scope.go.
     */
    private void outputs(TemplateCall template, JsonNode outputs, TemplateType type) {
        JsonNode parameters = outputs.path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            JsonNode from = parameters.get(i).path("valueFrom");
            String path = FieldPath.element(template.path() + ".outputs.parameters", i);
            if (!from.isObject() && Json.isSet(parameters.get(i), "value")) {
                run.problem(
                        Problem.Kind.REFUSED,
                        template.at(template.document(), path + ".value"),
                        "output parameters must have a valueFrom specified: " + type.field()
                                + " templates have no outputs with a value, which valueFrom.expression can give");
            }
            if (!Json.isSet(from, "default")) {
                output(template.at(template.document(), path + ".valueFrom.expression"), from, "expression", type);
            }
        }
        JsonNode artifacts = outputs.path("artifacts");
        for (int i = 0; i < artifacts.size(); i++) {
            String path = FieldPath.element(template.path() + ".outputs.artifacts", i) + ".fromExpression";
            output(template.at(template.document(), path), artifacts.get(i), "fromExpression", type);
        }
    }

    private void output(TemplateCall field, JsonNode holder, String name, TemplateType type) {
        String expression = Json.text(holder, name);
        String own = type == TemplateType.DAG ? "tasks" : "steps";
        String other = type == TemplateType.DAG ? "steps" : "tasks";
        if (!expression.contains("{{")
                && UnknownNames.first(expression, Set.of("inputs", own))
                        .filter(other::equals)
                        .isPresent()) {
            run.problem(
                    Problem.Kind.REFUSED,
                    field,
                    "unknown name " + other + " in " + expression + "; in a " + type.field() + " template it is "
                            + own);
        } else {
            expression(field, expression);
        }
    }

    /** The outputs of a resource template, which kubectl reads; source: workflow/executor/resource.go. */
    private void paths(TemplateCall template, JsonNode parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            String path = Json.text(parameters.get(i).path("valueFrom"), "jsonPath");
            String place = FieldPath.element(template.path() + ".outputs.parameters", i) + ".valueFrom.jsonPath";
            TemplateCall field = template.at(template.document(), place);
            if (path.contains("{{")) {
                continue;
            }
            KubectlJsonPath.error(path).ifPresent(error -> run.problem(Problem.Kind.REFUSED, field, error));
            if (!path.isEmpty() && !path.contains("{")) {
                run.problem(
                        Problem.Kind.LITERAL,
                        field,
                        "jsonPath " + path + " has no braces, so the output is this text; write {" + path + "}");
            }
        }
    }

    /** Read when an attempt has failed. @param at the node, with the path of its strategy */
    private void retries(TemplateCall at, JsonNode strategy) {
        new RetryValues(run, at).check(strategy);
        String expression = Json.text(strategy, "expression");
        TemplateCall field = RetryValues.onFailure(at, "expression", expression);
        expression(field, expression);
        if (!expression.isEmpty() && !expression.contains("{{")) {
            ExpressionSyntax.problem(expression)
                    .map(why -> why + " in " + expression)
                    .or(() -> UnknownNames.first(expression, OF_RETRIES)
                            .map(name -> "unknown name " + name + " in " + expression
                                    + "; there are only lastRetry and retries: write a variable as a tag in quotes"))
                    .ifPresent(why -> run.problem(Problem.Kind.REFUSED, field, why));
        }
        Matcher member = LAST_RETRY.matcher(expression);
        if (member.find()) {
            run.problem(
                    Problem.Kind.REFUSED,
                    field,
                    expression + ": lastRetry has no " + member.group(1)
                            + ", only exitCode, status, duration and message");
        }
    }

    private void expression(TemplateCall field, String expression) {
        if (!expression.isEmpty() && !expression.contains("{{")) {
            report(field, Problem.Kind.REFUSED, expression, expression, false);
        }
    }

    private void tags(TemplateCall holder, String field, JsonNode written, Problem.Kind kind) {
        String path = FieldPath.field(holder.path(), field);
        for (TagWalk.Tag tag : TagWalk.expressions(path, written.path(field))) {
            TemplateCall at = holder.at(holder.document(), tag.path());
            String shown = "{{=" + tag.name() + "}}";
            Optional<String> syntax = ExpressionSyntax.problem(tag.name());
            if (syntax.isEmpty()) {
                report(at, kind, tag.name(), shown, hasPlainItems(written));
            } else if (!run.version.has(Behaviour.REFUSED_SYNTAX)) {
                run.problem(kind, at, syntax.get() + " in " + shown);
            }
        }
    }

    private void report(TemplateCall at, Problem.Kind kind, String expression, String shown, boolean plainItems) {
        // A name that nothing has is reported as such: in inputs.parameters.my-name nothing is subtracted.
        if (UnknownNames.first(expression, UnknownNames.ROOTS).isPresent()) {
            return;
        }
        Optional<OperandTypes.Mismatch> mismatch =
                OperandTypes.of(expression, plainItems).mismatch();
        Certainty certainty = mismatch.isEmpty() || mismatch.get().always()
                ? at.certainty()
                : at.certainty().when(new Condition(Condition.Kind.WHEN, "a branch of the expression: " + shown));
        mismatch.map(OperandTypes.Mismatch::words)
                .or(() -> failure(expression))
                .ifPresent(words -> run.problem(kind, at.with(certainty), shown + ": " + words));
    }

    /** The parameters of a template that is not submitted here are only defaults. */
    private Optional<String> failure(String expression) {
        return run.request.workflow().kind().endsWith("Template")
                ? Optional.empty()
                : Expression.failure(expression, values);
    }

    /** The step or task as it is written, before variables are filled in; missing where its place is not known. */
    private static JsonNode written(TemplateCall member) {
        return FieldPath.at(member.document().root(), member.path());
    }

    private static boolean hasPlainItems(JsonNode step) {
        JsonNode items = step.path("withItems");
        boolean plain = items.isArray() && !items.isEmpty();
        for (JsonNode item : items) {
            plain &= item.isValueNode();
        }
        return plain || Json.isSet(step, "withSequence");
    }
}
