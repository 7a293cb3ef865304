package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.OverBudget;
import java.util.Optional;

/**
 * The {@code when} of a step or task after substitution: govaluate, in which bare words are strings. Source:
 * argo-workflows workflow/controller/steps.go (shouldExecute).
 */
public final class When {

    /** Longer ones are not shown in an error. */
    private static final int LONGEST = 4096;

    private When() {}

    /**
     * Why Argo cannot evaluate it, if that is certain: a hyphen in words without quotes is a minus sign, one value in brackets
     * is no list, and the value of the whole is a boolean.
     */
    public static Optional<String> refusal(String when) {
        if (when.length() > LONGEST) {
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

    /** Whether it runs; empty when that cannot be reported now. */
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
            return Undecided.LATER;
        }
        try (Budget.Scope run = Budget.ensure()) {
            Budget.current().text(when.length());
            return WhenValue.of(when);
        } catch (IllegalArgumentException notUnderstood) {
            return Undecided.LATER;
        } catch (OverBudget e) {
            if (!e.limit().isForOne()) {
                throw e;
            }
            Expression.leftOut(when, e);
            return Undecided.LATER;
        }
    }

    /** It without what stands in its strings. */
    public static String unquoted(String when) {
        String values = Spans.replace(when, "\"\"", "\uE000", "\uE001");
        return Spans.replace(values, "\"\"", "\"", "\"", "'", "'", "[", "]");
    }
}
