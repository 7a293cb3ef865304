package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import java.util.Optional;

/**
 * An evaluator of the {@code when} of a step or task after substitution. Argo uses govaluate, in which words without
 * quotes are strings. Source: argo-workflows workflow/controller/steps.go (shouldExecute).
 */
public final class When {

    /** Maximum length of a condition that an error quotes. */
    private static final int MAX_CHARACTERS = 4096;

    private When() {}

    /**
     * Returns the reason why Argo cannot evaluate the condition, if this is certain: a hyphen in words without quotes
     * is a minus sign, a single value in brackets is not a list, and the result must be a boolean.
     */
    public static Optional<String> refusal(String when) {
        if (when.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        try {
            Object value = value(when);
            return value instanceof Boolean || Undecided.is(value)
                    ? Optional.empty()
                    : Optional.of("Expected boolean evaluation for '" + when + "'. Got " + WhenValue.shown(value));
        } catch (WhenValue.NoValue e) {
            return Optional.of("Failed to evaluate 'when' expression '" + when + "': " + e.getMessage());
        }
    }

    /** Returns whether the step or task runs; empty if this cannot be decided now. */
    public static Optional<Boolean> decide(String when) {
        try {
            return when.isBlank()
                    ? Optional.of(true)
                    : value(when) instanceof Boolean decision ? Optional.of(decision) : Optional.empty();
        } catch (WhenValue.NoValue refused) {
            return Optional.empty();
        }
    }

    private static Object value(String when) {
        if (when.isBlank() || when.contains("{{")) {
            return Undecided.AT_RUN_TIME;
        }
        try {
            Budget.current().chargeText(when.length());
            return WhenValue.of(when);
        } catch (IllegalArgumentException notSupported) {
            return Undecided.AT_RUN_TIME;
        } catch (OverBudget e) {
            if (!e.limit().isForOne()) {
                throw e;
            }
            Expression.leftOut(when, e);
            return Undecided.AT_RUN_TIME;
        }
    }

    /** Returns the condition with empty strings. */
    public static String unquoted(String when) {
        return Spans.replace(UnknownMarks.replace(when, name -> "\"\""), "\"\"", "\"", "\"", "'", "'", "[", "]");
    }
}
