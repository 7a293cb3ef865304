package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An expression of Argo's {@code {{=…}}}, for the part of <a href="https://expr-lang.org">expr</a> that workflows use.
 * Expressions outside this part are left undecided and have no errors.
 */
public final class Expression {

    private static final int SHOWN_CHARACTERS = 60;

    private final String text;
    private final ExpressionNode root;
    private final boolean isRead;
    private final Optional<String> syntaxError;
    private final Optional<OverBudget> exceeded;

    private Expression(String text, Parser parser) {
        ExpressionNode parsed = parser.parse();
        this.text = text;
        this.isRead = parser.isReadable();
        this.root = isRead ? parsed : new ExpressionNode.Other(List.of(parsed));
        this.syntaxError = isRead ? parser.error() : Optional.empty();
        this.exceeded = Optional.empty();
    }

    private Expression(String text, OverBudget exceeded) {
        this.text = text;
        this.isRead = false;
        this.root = ExpressionNode.UNREADABLE;
        this.syntaxError = Optional.empty();
        this.exceeded = Optional.of(exceeded);
    }

    /** Parses an expression. */
    public static Expression parse(String text) {
        try {
            return new Expression(text, new Parser(text, () -> new Lexer(text)));
        } catch (OverBudget e) {
            if (!e.limit().isForOne()) {
                throw e;
            }
            return new Expression(text, e);
        }
    }

    /** Returns an error such as {@code unexpected token EOF (it ends too early)}; empty if no error is certain. */
    public Optional<String> syntaxError() {
        return UnknownMarks.isIn(text) ? Optional.empty() : syntaxError;
    }

    /**
     * Returns the first unknown name, or the first invalid number ({@code bad number syntax}); empty if all names are
     * known, or the expression contains syntax that is not supported here.
     *
     * @param roots first parts of variables that exist there, such as {@code workflow}
     */
    public Optional<String> unknownName(Set<String> roots) {
        return isRead ? UnknownNames.first(root, roots) : Optional.empty();
    }

    /**
     * Returns the first operation whose operands have the wrong types and that always fails, else the first that fails
     * on a branch; empty if there is none, or the expression contains syntax that is not supported here.
     *
     * @param items the kind of a loop's items
     */
    public Optional<Mismatch> mismatch(Items items) {
        try {
            return TypeChecker.check(root, items);
        } catch (IllegalArgumentException notSupported) {
            return Optional.empty();
        }
    }

    /** Returns the members of a variable that the expression uses, such as {@code exitCode} of {@code lastRetry}. */
    public List<String> members(String variable) {
        return uses().stream()
                .map(VariableUse::path)
                .filter(path -> path.size() > 1 && path.get(0).equals(variable))
                .map(path -> path.get(1))
                .toList();
    }

    /** Returns the uses of variables and functions, in the order of the text. */
    public List<VariableUse> uses() {
        return VariableUse.in(root);
    }

    /** Returns the variable that the expression always evaluates first; empty if it begins with something else. */
    public Optional<VariableUse> first() {
        return VariableUse.firstIn(root);
    }

    /** The kind of a loop's items, which are the values of {@code item}. */
    public enum Items {
        SCALARS,
        ANY
    }

    /**
     * An operation that fails.
     *
     * @param words expr's error, with the fix
     * @param always whether it fails each time the expression is evaluated, and not only on one of its branches
     */
    public record Mismatch(String words, boolean always) {}

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
            this(reason, /* fails= */ false);
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
     * Evaluates the expression.
     *
     * @param variables returns the text of a variable by its name with dots
     */
    public Result evaluate(Variables variables) {
        if (exceeded.isPresent()) {
            return tooLarge(exceeded.get());
        }
        try {
            Object value = Evaluator.evaluate(root, variables);
            if (Undecided.isAbsent(value) || value == null) {
                return new Unresolved();
            }
            if (value instanceof Undecided undecided) {
                return undecided == Undecided.AT_RUN_TIME
                        ? new Later()
                        : new Later(undecided.message(), /* fails= */ true);
            }
            return new Value(value);
        } catch (IllegalArgumentException notSupported) {
            return new Later();
        } catch (OverBudget e) {
            if (!e.limit().isForOne()) {
                throw e;
            }
            return tooLarge(e);
        }
    }

    private Later tooLarge(OverBudget reason) {
        leftOut(text, reason);
        return new Later(reason.getMessage());
    }

    /** Returns the error of an expression that fails with values that are all known. */
    public Optional<String> failure(Variables variables) {
        return evaluate(variables) instanceof Later later && later.fails()
                ? Optional.of(later.reason())
                : Optional.empty();
    }

    /** Returns the value of a condition, such as a hook's {@code expression}; empty if it cannot be decided now. */
    public Optional<Boolean> decide(Variables variables) {
        Result result = evaluate(variables);
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
