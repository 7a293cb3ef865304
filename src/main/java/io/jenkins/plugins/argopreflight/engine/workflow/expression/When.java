package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.OverBudget;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code when} of a step or task after substitution: govaluate, in which bare words are strings. Source:
 * argo-workflows workflow/controller/steps.go (shouldExecute).
 */
public final class When {

    private static final Pattern SUBTRACTION =
            Pattern.compile("(?<![\\w.])([A-Za-z_]\\w*)\\s*-\\s*\\w|(?<![\\w.])\\d[\\d.]*\\s*-\\s*([A-Za-z_]\\w*)");

    /** One value in brackets is no list: these only group. */
    private static final Pattern SINGLE = Pattern.compile("(?<![\\w.])in\\s*\\(\\s*(\"\"|[\\w.]+)\\s*\\)");

    private When() {}

    /**
     * Why Argo cannot evaluate it, if that is certain: a hyphen in words without quotes is a minus sign, one value in brackets
     * is no list, and the value of the whole is a boolean.
     */
    public static Optional<String> refusal(String when) {
        if (when.contains("{{")) {
            return Optional.empty();
        }
        // Of a value that is known later it is not known whether it is one word.
        boolean known = when.indexOf('\uE000') < 0;
        Optional<String> refusal =
                when.contains("&&") || when.contains("||") ? Optional.empty() : ofOperand(when, known);
        return refusal.isPresent() || !known ? refusal : WhenValue.refusal(when);
    }

    private static Optional<String> ofOperand(String when, boolean known) {
        String unquoted = unquoted(when);
        Matcher subtraction = SUBTRACTION.matcher(unquoted);
        if (!subtraction.find()) {
            return known && SINGLE.matcher(unquoted).find()
                    ? Optional.of("Failed to evaluate 'when' expression '" + when
                            + "': the value after 'in' is no list; a list has a comma, compare one value with ==")
                    : Optional.empty();
        }
        String word = subtraction.group(1) == null ? subtraction.group(2) : subtraction.group(1);
        return Optional.of("Failed to evaluate 'when' expression '" + when + "': Value '" + word
                + "' cannot be used with the modifier '-', it is not a number; put words with a hyphen in quotes");
    }

    /** Whether it runs; empty when that cannot be reported now. */
    public static Optional<Boolean> decide(String when) {
        if (when.isBlank()) {
            return Optional.of(true);
        }
        if (when.contains("{{")) {
            return Optional.empty();
        }
        try (Budget.Scope run = Budget.ensure()) {
            Budget.current().text(when.length());
            Object value = new Parser(when, true, name -> Optional.empty()).whole();
            return value instanceof Boolean decision ? Optional.of(decision) : Optional.empty();
        } catch (IllegalArgumentException notUnderstood) {
            return Optional.empty();
        } catch (OverBudget e) {
            if (!e.limit().isForOne()) {
                throw e;
            }
            Expression.leftOut(when, e);
            return Optional.empty();
        }
    }

    /** It without what stands in its strings. */
    public static String unquoted(String when) {
        String values = Spans.replace(when, "\"\"", "\uE000", "\uE001");
        return Spans.replace(values, "\"\"", "\"", "\"", "'", "'", "[", "]");
    }
}
