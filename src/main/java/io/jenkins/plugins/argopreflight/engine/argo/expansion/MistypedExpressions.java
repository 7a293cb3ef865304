package io.jenkins.plugins.argopreflight.engine.argo.expansion;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Expression;
import io.jenkins.plugins.argopreflight.engine.argo.expression.KubectlJsonPath;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Spans;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownNames;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Variables;
import io.jenkins.plugins.argopreflight.engine.argo.expression.When;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.template.Decision;
import io.jenkins.plugins.argopreflight.engine.argo.template.Loops;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.argo.validation.TagFinder;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.Optional;
import java.util.Set;

/**
 * A check for expressions that fail when the workflow evaluates them, because of the types or values of their operands.
 * Sources: argo-workflows util/template/expression_template.go,
 * workflow/controller/{steps,dag,hooks,operator,scope}.go.
 */
public final class MistypedExpressions {

    /**
     * Fields of a template that the controller itself reads. If a tag stays in such a field, the node ends in Error.
     */
    private static final Set<String> READ_BY_CONTROLLER = Set.of("activeDeadlineSeconds", "suspend");

    /** The members of lastRetry; source: operator.go (buildRetryStrategyLocalScope). */
    private static final Set<String> RETRY_FIELDS = Set.of("exitCode", "status", "duration", "message");

    private static final Set<String> RETRY_VARIABLES = Set.of("lastRetry", "retries");

    private final Simulation run;
    private final Variables values;

    /**
     * Creates a check for expressions in one context.
     *
     * @param known the variables that the expressions can use
     */
    public MistypedExpressions(Simulation run, Variables known) {
        this.run = run;
        this.values = known;
    }

    /**
     * Checks the condition of a step or task. If an expression fails, its tag stays in the condition, and Argo refuses
     * the condition.
     */
    void checkCondition(TemplateCall member) {
        checkTags(member, "when", original(member), Problem.Kind.REFUSED);
    }

    /** Checks the list or sequence of a step or task that is not skipped before. */
    void checkLoop(TemplateCall member, Decision condition) {
        JsonNode original = original(member);
        // A condition on the items is decided after their list.
        TemplateCall at = isConditionOnItem(original) ? member : member.withCertainty(condition.of(member.certainty()));
        checkTags(at, "withParam", original, Problem.Kind.REFUSED);
        checkTags(at, "withSequence", original, Problem.Kind.REFUSED);
    }

    /**
     * Checks the arguments of a step or task that runs. Argo refuses expressions that it cannot evaluate, older
     * versions only in loops. If the condition of a loop contains the item, Argo decides it before there is an item.
     * A condition that is false without the item keeps the tag of the argument (operator.go, processItem).
     */
    void checkArguments(TemplateCall member, Decision when, boolean isExecuted) {
        JsonNode original = original(member);
        if (isConditionOnItem(original) && !isFalseWithoutItem(Json.text(original, "when"))) {
            checkTags(member, "arguments", original, Problem.Kind.REFUSED);
        } else if (isExecuted && isConditionOnItem(original)) {
            checkTags(member.withCertainty(when.of(member.certainty())), "arguments", original, Problem.Kind.LITERAL);
        } else if (isExecuted) {
            boolean isRefused = Loops.isLoop(original) || run.version.has(Behaviour.WAITS_FOR_VALUES);
            TemplateCall at = member.withCertainty(when.of(member.certainty()));
            checkTags(at, "arguments", original, isRefused ? Problem.Kind.REFUSED : Problem.Kind.LITERAL);
        }
    }

    /**
     * Returns whether a condition on the item is false before the item is known. A tag in quotes is a text then.
     * Argo cannot evaluate a tag that has no quotes.
     */
    private static boolean isFalseWithoutItem(String when) {
        boolean isQuoted = !Spans.replace(when, "", "'", "'", "\"", "\"").contains("{{");
        return isQuoted
                && !When.decide(when.replace("{{", "[").replace("}}", "]")).orElse(false);
    }

    private static boolean isConditionOnItem(JsonNode original) {
        return Loops.isLoop(original) && Json.text(original, "when").contains("{{item");
    }

    /**
     * Checks the expression of a hook.
     *
     * @param hook the call with the path of the hook
     */
    public void hook(TemplateCall hook, String expression) {
        checkExpression(hook.withLocation(hook.document(), hook.path() + ".expression"), expression);
    }

    /** Checks a template that a node executes. */
    void template(TemplateHolder.Found found, TemplateCall node) {
        JsonNode template = found.template();
        TemplateType type = TemplateType.of(template);
        TemplateCall call = node.withLocation(found.document(), found.path());
        new UnreadExpressions(run).template(call, template);
        if (type == TemplateType.STEPS || type == TemplateType.DAG) {
            checkOutputs(call, template.path("outputs"), type);
        } else {
            template.properties()
                    .forEach(field -> checkTags(
                            call,
                            field.getKey(),
                            template,
                            READ_BY_CONTROLLER.contains(field.getKey()) ? Problem.Kind.REFUSED : Problem.Kind.LITERAL));
        }
        if (type == TemplateType.RESOURCE) {
            checkJsonPaths(call, template.path("outputs").path("parameters"));
        }
        checkRetries(
                call.withLocation(call.document(), call.path() + ".retryStrategy"), template.path("retryStrategy"));
        if (!Json.isSet(template, "retryStrategy")) {
            checkRetries(
                    node.withLocation(run.mergedWorkflow.field("retryStrategy")),
                    run.spec().path("retryStrategy"));
        }
    }

    /**
     * Checks the outputs, which Argo takes from the steps or tasks at their end. Sources: argo-workflows
     * workflow/controller/operator.go (getTemplateOutputsFromScope), workflow/controller/scope.go.
     */
    private void checkOutputs(TemplateCall template, JsonNode outputs, TemplateType type) {
        JsonNode parameters = outputs.path("parameters");
        for (int i = 0; i < parameters.size(); i++) {
            JsonNode from = parameters.get(i).path("valueFrom");
            String path = FieldPath.element(template.path() + ".outputs.parameters", i);
            if (!from.isObject() && Json.isSet(parameters.get(i), "value")) {
                run.problem(
                        Problem.Kind.REFUSED,
                        template.withLocation(template.document(), path + ".value"),
                        "output parameters must have a valueFrom specified: " + type.field()
                                + " templates have no outputs with a value, which valueFrom.expression can give");
            }
            if (!Json.isSet(from, "default")) {
                checkOutput(
                        template.withLocation(template.document(), path + ".valueFrom.expression"),
                        from,
                        "expression",
                        type);
            }
        }
        JsonNode artifacts = outputs.path("artifacts");
        for (int i = 0; i < artifacts.size(); i++) {
            String path = FieldPath.element(template.path() + ".outputs.artifacts", i) + ".fromExpression";
            checkOutput(template.withLocation(template.document(), path), artifacts.get(i), "fromExpression", type);
        }
    }

    private void checkOutput(TemplateCall field, JsonNode holder, String name, TemplateType type) {
        String expression = Json.text(holder, name);
        String ownKind = type == TemplateType.DAG ? "tasks" : "steps";
        String otherKind = type == TemplateType.DAG ? "steps" : "tasks";
        if (!expression.contains("{{")
                && Expression.parse(expression)
                        .unknownName(Set.of("inputs", ownKind))
                        .filter(otherKind::equals)
                        .isPresent()) {
            run.problem(
                    Problem.Kind.REFUSED,
                    field,
                    "unknown name " + otherKind + " in " + expression + "; in a " + type.field() + " template it is "
                            + ownKind);
        } else {
            checkExpression(field, expression);
        }
    }

    /** Checks the outputs of a resource template, which kubectl reads; source: workflow/executor/resource.go. */
    private void checkJsonPaths(TemplateCall template, JsonNode parameters) {
        for (int i = 0; i < parameters.size(); i++) {
            String path = Json.text(parameters.get(i).path("valueFrom"), "jsonPath");
            String fieldPath = FieldPath.element(template.path() + ".outputs.parameters", i) + ".valueFrom.jsonPath";
            TemplateCall field = template.withLocation(template.document(), fieldPath);
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

    /**
     * Checks a retryStrategy, which Argo evaluates after a failed attempt.
     *
     * @param at the node, with the path of the strategy
     */
    private void checkRetries(TemplateCall at, JsonNode strategy) {
        new RetryValues(run, at).check(strategy);
        String expression = Json.text(strategy, "expression");
        TemplateCall field = RetryValues.onFailure(at, "expression", expression);
        checkExpression(field, expression);
        Expression parsed = Expression.parse(expression);
        if (!expression.isEmpty() && !expression.contains("{{")) {
            parsed.syntaxError()
                    .map(reason -> reason + " in " + expression)
                    .or(() -> parsed.unknownName(RETRY_VARIABLES)
                            .map(name -> "unknown name " + name + " in " + expression
                                    + "; there are only lastRetry and retries: write a variable as a tag in quotes"))
                    .ifPresent(reason -> run.problem(Problem.Kind.REFUSED, field, reason));
        }
        parsed.members("lastRetry").stream()
                .filter(member -> !RETRY_FIELDS.contains(member))
                .findFirst()
                .ifPresent(member -> run.problem(
                        Problem.Kind.REFUSED,
                        field,
                        expression + ": lastRetry has no " + member + ", only exitCode, status, duration and message"));
    }

    private void checkExpression(TemplateCall field, String expression) {
        if (!expression.isEmpty() && !expression.contains("{{")) {
            report(field, Problem.Kind.REFUSED, Expression.parse(expression), expression, Expression.Items.ANY);
        }
    }

    private void checkTags(TemplateCall holder, String field, JsonNode original, Problem.Kind kind) {
        String path = FieldPath.field(holder.path(), field);
        for (TagFinder.Tag tag : TagFinder.expressions(path, original.path(field))) {
            TemplateCall at = holder.withLocation(holder.document(), tag.path());
            String shown = "{{=" + tag.name() + "}}";
            Expression expression = Expression.parse(tag.name());
            Optional<String> syntax = expression.syntaxError();
            if (syntax.isEmpty()) {
                report(at, kind, expression, shown, items(original));
            } else if (!run.version.has(Behaviour.REFUSED_SYNTAX)) {
                run.problem(kind, at, syntax.get() + " in " + shown);
            }
        }
    }

    private void report(
            TemplateCall at, Problem.Kind kind, Expression expression, String shown, Expression.Items items) {
        // An unknown name is reported elsewhere: inputs.parameters.my-name is not a subtraction.
        if (expression.unknownName(UnknownNames.ROOTS).isPresent()) {
            return;
        }
        Optional<Expression.Mismatch> mismatch = expression.mismatch(items);
        Certainty certainty = mismatch.isEmpty() || mismatch.get().always()
                ? at.certainty()
                : at.certainty().when(new Condition(Condition.Kind.WHEN, "a branch of the expression: " + shown));
        mismatch.map(Expression.Mismatch::words)
                .or(() -> failure(expression))
                .ifPresent(message -> run.problem(kind, at.withCertainty(certainty), shown + ": " + message));
    }

    /**
     * Returns the error of an expression with the current values. A WorkflowTemplate has only the defaults of its
     * parameters, so it has no error.
     */
    private Optional<String> failure(Expression expression) {
        return run.request.workflow().kind().endsWith("Template") ? Optional.empty() : expression.failure(values);
    }

    /** Returns the step or task before its variables are substituted; a MissingNode if its location is not known. */
    private static JsonNode original(TemplateCall member) {
        return FieldPath.at(member.document().root(), member.path());
    }

    /** Returns the kind of items that a loop certainly has. Scalars are neither lists nor objects. */
    private static Expression.Items items(JsonNode step) {
        JsonNode list = step.path("withItems");
        boolean areScalars = list.isArray() && !list.isEmpty();
        for (JsonNode item : list) {
            areScalars &= item.isValueNode();
        }
        return areScalars || Json.isSet(step, "withSequence") ? Expression.Items.SCALARS : Expression.Items.ANY;
    }
}
