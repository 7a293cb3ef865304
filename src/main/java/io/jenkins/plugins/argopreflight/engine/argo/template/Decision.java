package io.jenkins.plugins.argopreflight.engine.argo.template;

import io.jenkins.plugins.argopreflight.engine.argo.expression.Expression;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownMarks;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Variables;
import io.jenkins.plugins.argopreflight.engine.argo.expression.When;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A decision whether a node runs.
 *
 * @param now the decision, as far as it is known before the workflow runs
 * @param otherwise the decision if all nodes before succeed; used if {@code now} is empty
 * @param condition the text of the condition
 */
public record Decision(Optional<Boolean> now, Optional<Boolean> otherwise, String condition) {

    private static final String SUCCEEDED = "Succeeded";
    private static final String RUNNING = "Running";

    /**
     * Pattern of the variable of a status, with {@code workflow}, {@code steps.NAME} or {@code tasks.NAME} as group 1.
     */
    private static final Pattern STATUS = Pattern.compile("(workflow|(steps|tasks)\\.[^.]+)\\.status");

    /**
     * Decides the {@code when} of a step or task after substitution. Argo replaces a variable before it parses the
     * condition, so an assumed status is replaced in the text: {@code 1{{steps.build.status}}} becomes
     * {@code 1Succeeded}, which is a number and a word.
     *
     * @param expected steps and tasks whose failure the workflow expects, such as {@code steps.scan}
     */
    public static Decision ofWhen(String when, boolean onExit, Set<String> expected) {
        Optional<Boolean> now = When.decide(when);
        if (now.isPresent()) {
            return new Decision(now, Optional.empty(), "");
        }
        String assumed = UnknownMarks.replace(
                when, variable -> assumedStatus(variable, onExit, expected).orElseGet(() -> UnknownMarks.of(variable)));
        return new Decision(now, When.decide(assumed), "when: " + UnknownValues.show(when));
    }

    /**
     * Returns the status that a node before, or the workflow, has if all nodes succeed; empty for another variable, and
     * for a node whose failure is expected.
     */
    private static Optional<String> assumedStatus(String variable, boolean onExit, Set<String> expected) {
        Matcher status = STATUS.matcher(variable);
        return !status.matches() || expected.contains(status.group(1))
                ? Optional.empty()
                : Optional.of(status.group(1).equals("workflow") && !onExit ? RUNNING : SUCCEEDED);
    }

    /**
     * Creates the decision about the {@code depends} of a task. The value is known for the case that each task
     * succeeds.
     */
    public static Decision ofDepends(Optional<Boolean> whenAllSucceed, String depends) {
        boolean runs = whenAllSucceed.orElse(false);
        return new Decision(runs ? Optional.of(true) : Optional.empty(), whenAllSucceed, "depends: " + depends);
    }

    /** Decides the {@code expression} of a workflow's hook, which Argo evaluates first when the workflow is Running. */
    public static Decision ofWorkflowHook(String expression, Variables variables) {
        Decision decision = ofHook(expression, variables);
        boolean isTrueWhileRunning = Expression.parse(expression)
                .decide(statuses(variables, RUNNING))
                .orElse(false);
        return isTrueWhileRunning ? new Decision(decision.now(), Optional.of(true), decision.condition()) : decision;
    }

    /** Decides the {@code expression} of a step's or task's hook. Argo does not see that a short node is Running. */
    public static Decision ofHook(String expression, Variables variables) {
        if (expression.isEmpty()) {
            return new Decision(Optional.of(true), Optional.empty(), "");
        }
        Expression parsed = Expression.parse(expression);
        Optional<Boolean> now = parsed.decide(variables);
        Optional<Boolean> succeeded = parsed.decide(statuses(variables, SUCCEEDED));
        boolean isTrueWhileRunning = parsed.decide(statuses(variables, RUNNING)).orElse(false);
        return new Decision(
                now,
                isTrueWhileRunning && !succeeded.orElse(true) ? Optional.empty() : succeeded,
                "hook: " + expression);
    }

    private static Variables statuses(Variables variables, String status) {
        return new Variables() {
            @Override
            public Optional<String> get(String name) {
                return name.endsWith(".status") ? Optional.of(status) : variables.get(name);
            }

            @Override
            public Map<String, String> below(String name) {
                return variables.below(name);
            }
        };
    }

    /** Returns whether the node certainly does not run. */
    public boolean isNever() {
        return now.isPresent() && !now.get();
    }

    /** Returns whether the node certainly runs, or runs if everything before it succeeds. */
    public boolean isSure() {
        return now.or(() -> otherwise).orElse(false);
    }

    /**
     * Returns the certainty of the node after this decision.
     *
     * @param certainty the certainty that the decision is reached
     */
    public Certainty of(Certainty certainty) {
        if (isSure()) {
            return now.isPresent() ? certainty : certainty.withUndecided();
        }
        return certainty.when(
                new Condition(otherwise.isPresent() ? Condition.Kind.FAILURE : Condition.Kind.WHEN, condition));
    }
}
