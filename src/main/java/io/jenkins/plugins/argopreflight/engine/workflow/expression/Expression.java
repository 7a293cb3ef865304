package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.OverBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Argo's {@code {{=…}}}: the part of <a href="https://expr-lang.org">expr</a> that workflows use. What it does not
 * know it leaves undecided, never guesses.
 */
public final class Expression {

    private static final int SHOWN = 60;

    private Expression() {}

    /** What came out. */
    public sealed interface Result permits Value, Later, Unresolved {}

    /** The text that stands in the expression's place. */
    public record Value(Object value) implements Result {
        public String text() {
            return value instanceof String string ? string : json(value);
        }

        /** As Go's {@code %v} writes it. */
        public String goText() {
            return go(value);
        }

        private static String go(Object value) {
            if (value instanceof List<?> list) {
                return "[" + String.join(" ", list.stream().map(Value::go).toList()) + "]";
            }
            if (value instanceof Map<?, ?> map) {
                List<String> fields = new ArrayList<>();
                new TreeMap<>(map).forEach((key, each) -> fields.add(key + ":" + go(each)));
                return "map[" + String.join(" ", fields) + "]";
            }
            return value instanceof String string ? string : json(value);
        }
    }

    /**
     * It depends on something that only a running workflow knows, on a function that is not computed here, or it is
     * larger than a limit of the run.
     *
     * @param fails whether values that are all known make the evaluation fail; the reason is then expr's error
     */
    public record Later(String reason, boolean fails) implements Result {
        Later(String reason) {
            this(reason, false);
        }

        Later() {
            this("it depends on values that only a running workflow has");
        }
    }

    /** A variable that does not exist (yet), or no expression at all: Argo leaves the text alone. */
    public record Unresolved() implements Result {}

    /**
     * Computes an expression.
     *
     * @param variables the text of a variable by its dotted name
     */
    public static Result evaluate(String text, Variables variables) {
        try (Budget.Scope run = Budget.ensure()) {
            Object value = new Parser(text, variables).whole();
            if (Undecided.isAbsent(value) || value == null) {
                return new Unresolved();
            }
            if (value instanceof Undecided undecided) {
                return undecided == Undecided.LATER ? new Later() : new Later(undecided.words(), true);
            }
            return new Value(value);
        } catch (IllegalArgumentException noExpression) {
            return new Later();
        } catch (OverBudget e) {
            if (!e.limit().isForOne()) {
                throw e;
            }
            leftOut(text, e);
            return new Later(e.getMessage());
        }
    }

    /** The error of an expression that fails on values that are all known. */
    public static Optional<String> failure(String text, Variables variables) {
        return evaluate(text, variables) instanceof Later later && later.fails()
                ? Optional.of(later.reason())
                : Optional.empty();
    }

    /** A condition, such as a hook's {@code expression}: empty when it cannot be decided now. */
    public static Optional<Boolean> decide(String text, Variables variables) {
        Result result = evaluate(text, variables);
        return result instanceof Value value && value.value() instanceof Boolean decision
                ? Optional.of(decision)
                : Optional.empty();
    }

    /** Records that an expression was not computed. */
    static void leftOut(String text, OverBudget why) {
        String shown = text.strip();
        Budget.current()
                .leftOut(
                        "expression "
                                + (shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown)
                                        .replaceAll("\\s+", " "),
                        why);
    }

    static String json(Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString(number.longValue());
        }
        return GoJson.marshalled(value);
    }
}
