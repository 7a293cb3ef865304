package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.OverBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An evaluator of Argo's {@code {{=…}}}, for the part of <a href="https://expr-lang.org">expr</a> that workflows use.
 * Expressions outside this part are left undecided.
 */
public final class Expression {

    private static final int SHOWN_CHARACTERS = 60;

    private Expression() {}

    /**
     * The result of an expression: its value, the reason why it is known only at run time, or that it stays in the
     * text.
     */
    public sealed interface Result permits Value, Later, Unresolved {}

    /** The value of an expression, whose text replaces the expression. */
    public record Value(Object value) implements Result {
        public String text() {
            return value instanceof String string ? string : json(value);
        }

        /** Returns the text that Go's {@code %v} writes. */
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
     * The result of an expression without a known value. It depends on values of the running workflow, on a function
     * that is not supported here, or it is larger than a limit of the run.
     *
     * @param fails whether the evaluation fails with values that are all known; the reason is then expr's error
     */
    public record Later(String reason, boolean fails) implements Result {
        Later(String reason) {
            this(reason, false);
        }

        Later() {
            this("it depends on values that only a running workflow has");
        }
    }

    /**
     * The result of an expression with a variable that does not exist (yet), or of an invalid expression: Argo leaves
     * the text as it is.
     */
    public record Unresolved() implements Result {}

    /**
     * Evaluates an expression.
     *
     * @param variables returns the text of a variable by its name with dots
     */
    public static Result evaluate(String text, Variables variables) {
        try {
            Object value = new Parser(text, variables).parseAll();
            if (Undecided.isAbsent(value) || value == null) {
                return new Unresolved();
            }
            if (value instanceof Undecided undecided) {
                return undecided == Undecided.LATER ? new Later() : new Later(undecided.message(), true);
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

    /** Returns the error of an expression that fails with values that are all known. */
    public static Optional<String> failure(String text, Variables variables) {
        return evaluate(text, variables) instanceof Later later && later.fails()
                ? Optional.of(later.reason())
                : Optional.empty();
    }

    /** Returns the value of a condition, such as a hook's {@code expression}; empty if it cannot be decided now. */
    public static Optional<Boolean> decide(String text, Variables variables) {
        Result result = evaluate(text, variables);
        return result instanceof Value value && value.value() instanceof Boolean decision
                ? Optional.of(decision)
                : Optional.empty();
    }

    /** Records that an expression was not evaluated. */
    static void leftOut(String text, OverBudget reason) {
        String shown = text.strip();
        Budget.current()
                .leftOut(
                        "expression "
                                + (shown.length() > SHOWN_CHARACTERS
                                                ? shown.substring(0, SHOWN_CHARACTERS) + "…"
                                                : shown)
                                        .replaceAll("\\s+", " "),
                        reason);
    }

    static String json(Object value) {
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString(number.longValue());
        }
        return GoJson.marshalled(value);
    }
}
