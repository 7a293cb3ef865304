package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.budget.OverBudget;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.ValueType.Operand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Operations in an expression that do not take the types of their operands: every parameter, result, status and exit code
 * is a string. What is not certain has no type, and what cannot be read here has no mismatch. Sources: expr-lang
 * parser/parser.go, checker/checker.go, vm/vm.go, vm/runtime/runtime.go; argo-workflows util/expr/env/env.go.
 */
public final class OperandTypes {

    /**
     * An operation that fails.
     *
     * @param words expr's, with what to write
     * @param always whether it fails whenever the expression is evaluated, and not only on one of its branches
     */
    public record Mismatch(String words, boolean always) {}

    private static final Map<String, Integer> PRECEDENCE = Map.ofEntries(
            Map.entry("or", 10),
            Map.entry("||", 10),
            Map.entry("and", 15),
            Map.entry("&&", 15),
            Map.entry("==", 20),
            Map.entry("!=", 20),
            Map.entry("<", 20),
            Map.entry(">", 20),
            Map.entry("<=", 20),
            Map.entry(">=", 20),
            Map.entry("in", 20),
            Map.entry("matches", 20),
            Map.entry("contains", 20),
            Map.entry("startsWith", 20),
            Map.entry("endsWith", 20),
            Map.entry("..", 25),
            Map.entry("+", 30),
            Map.entry("-", 30),
            Map.entry("*", 60),
            Map.entry("/", 60),
            Map.entry("%", 60),
            Map.entry("**", 100),
            Map.entry("??", 500));
    private static final int NOT = 50;
    private static final int SIGN = 90;
    private static final Set<String> LAZY = Set.of("||", "or", "&&", "and", "??");
    private static final Set<String> NEGATABLE = Set.of("in", "matches", "contains", "startsWith", "endsWith");
    private static final Set<String> COMPARISONS = Set.of("<", ">", "<=", ">=");

    /** Functions that take an expression for each element, in which names mean something else. */
    private static final Set<String> OF_ELEMENTS = Set.of(
            "all",
            "any",
            "count",
            "filter",
            "find",
            "findIndex",
            "findLast",
            "findLastIndex",
            "groupBy",
            "map",
            "none",
            "one",
            "reduce",
            "sortBy",
            "sum");

    private static final Pattern STRING_NAME = Pattern.compile("(inputs|workflow)\\.parameters\\.[^.]+"
            + "|workflow\\.(name|namespace|uid|status|duration|priority|serviceAccountName|mainEntrypoint)"
            + "|(steps|tasks)\\.[^.]+\\.(status|exitCode|ip|id|startedAt|finishedAt|hostNodeName)"
            + "|(steps|tasks)\\.[^.]+\\.outputs\\.(result|parameters\\.[^.]+)"
            + "|lastRetry\\.(exitCode|status|duration|message)|retries|item\\.[^.]+");

    private final Tokens tokens;
    private final boolean plainItems;
    private final Budget budget = Budget.current();
    private Optional<Mismatch> found = Optional.empty();
    private int branches;
    private int depth;

    private OperandTypes(String text, boolean plainItems) {
        budget.charge(Limit.WORK, 1 + text.length() / 4);
        this.tokens = new Tokens(text);
        this.plainItems = plainItems;
    }

    /**
     * The first operation that always fails, else the first that fails on a branch.
     *
     * @param plainItems whether {@code item} is a value of a loop and no object
     */
    public static Optional<Mismatch> mismatch(String expression, boolean plainItems) {
        if (expression.contains("//") || expression.contains("/*")) {
            return Optional.empty();
        }
        try (Budget.Scope run = Budget.ensure()) {
            OperandTypes types = new OperandTypes(expression, plainItems);
            types.choice();
            return types.tokens.peek().kind() == Tokens.Kind.END ? types.found : Optional.empty();
        } catch (IllegalArgumentException otherSyntax) {
            return Optional.empty();
        } catch (OverBudget e) {
            if (!e.limit().isForOne()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Operand choice() {
        budget.atMost(Limit.DEPTH, ++depth);
        Operand value = operation(0);
        if (tokens.accept("?")) {
            needsBool(value);
            branches++;
            Operand yes = choice();
            tokens.expect(":");
            Operand no = choice();
            branches--;
            value = yes.type() == no.type() ? Operand.of(yes.type()) : Operand.UNKNOWN;
        }
        depth--;
        return value;
    }

    private Operand operation(int minimum) {
        budget.atMost(Limit.DEPTH, ++depth);
        Operand left = primary();
        String before = "";
        for (String operator = operator(minimum); !operator.isEmpty(); operator = operator(minimum)) {
            if (COMPARISONS.contains(before) && COMPARISONS.contains(operator)) {
                throw new IllegalArgumentException("a chain of comparisons");
            }
            before = operator;
            int own = PRECEDENCE.get(operator);
            branches += LAZY.contains(operator) ? 1 : 0;
            Operand right = operation(operator.equals("**") ? own : own + 1);
            branches -= LAZY.contains(operator) ? 1 : 0;
            left = result(operator, left, right);
        }
        depth--;
        return left;
    }

    /** The next operator, taken; "" where none follows that binds at least so strongly. */
    private String operator(int minimum) {
        Tokens.Token token = tokens.peek();
        boolean word = token.kind() == Tokens.Kind.OPERATOR || token.kind() == Tokens.Kind.NAME;
        if (word && token.text().equals("not")) {
            throw new IllegalArgumentException("a negated operator");
        }
        if (!word || PRECEDENCE.getOrDefault(token.text(), -1) < minimum) {
            return "";
        }
        return tokens.take().text();
    }

    private Operand result(String operator, Operand left, Operand right) {
        switch (operator) {
            case "||", "or", "&&", "and":
                // With a literal beside it, expr gives the operand as it is.
                if (right.type() != ValueType.BOOL || !right.compiled()) {
                    needsBool(left);
                }
                return left.type() == right.type() ? Operand.of(left.type()) : Operand.UNKNOWN;
            case "??":
                return Operand.UNKNOWN;
            case "..":
                return Operand.of(ValueType.LIST);
            case "==", "!=":
                if (left.compiled() && right.compiled() && left.type().isOther(right.type())) {
                    mismatch(operator, left, right);
                }
                return Operand.of(ValueType.BOOL);
            case "in":
                if (right.type().isScalar()) {
                    found("operator \"in\" not defined on " + right.type() + right.asList(), false);
                }
                return Operand.of(ValueType.BOOL);
            case "matches", "contains", "startsWith", "endsWith":
                if (!left.type().fits(ValueType.STRING) || !right.type().fits(ValueType.STRING)) {
                    mismatch(operator, left, right);
                }
                return Operand.of(ValueType.BOOL);
            default:
                return number(operator, left, right);
        }
    }

    private Operand number(String operator, Operand left, Operand right) {
        boolean comparison = COMPARISONS.contains(operator);
        boolean strings = (comparison || operator.equals("+"))
                && left.type().fits(ValueType.STRING)
                && right.type().fits(ValueType.STRING);
        if (!strings && !(left.type().fitsNumber() && right.type().fitsNumber())) {
            mismatch(operator, left, right);
            return Operand.UNKNOWN;
        }
        if (comparison) {
            return Operand.of(ValueType.BOOL);
        }
        return operator.equals("+") || operator.equals("-") || operator.equals("*")
                ? left.sum(right)
                : Operand.of(operator.equals("%") ? ValueType.INT : ValueType.FLOAT);
    }

    private void needsBool(Operand value) {
        if (!value.type().fits(ValueType.BOOL)) {
            found("interface conversion: interface {} is " + value.type() + ", not bool" + value.asBool(), false);
        }
    }

    private void mismatch(String operator, Operand left, Operand right) {
        found(
                "invalid operation: " + left.type() + " " + operator + " " + right.type() + left.converted(right),
                left.compiled() && right.compiled());
    }

    private void found(String words, boolean compiled) {
        Mismatch mismatch = new Mismatch(words, compiled || branches == 0);
        if (found.isEmpty() || !found.get().always() && mismatch.always()) {
            found = Optional.of(mismatch);
        }
    }

    private Operand primary() {
        Tokens.Token token = tokens.take();
        switch (token.kind()) {
            case NUMBER:
                boolean whole = token.text().matches("\\d[\\d_]*|0[xXbBoO]\\w+");
                return Operand.literal(whole ? ValueType.INT : ValueType.FLOAT);
            case STRING:
                return members(Operand.literal(ValueType.STRING));
            case NAME:
                return token.text().equals("not") ? negated() : members(named(token.text()));
            default:
                return symbol(token);
        }
    }

    private Operand negated() {
        needsBool(operation(NOT));
        return Operand.of(ValueType.BOOL);
    }

    private Operand symbol(Tokens.Token token) {
        switch (token.text()) {
            case "!":
                return negated();
            case "+":
                return operation(SIGN);
            case "-":
                Operand value = operation(SIGN);
                if (!value.type().fitsNumber()) {
                    found("invalid operation: - " + value.type() + value.converted(value), false);
                }
                return value;
            case "(":
                Operand inner = choice();
                tokens.expect(")");
                return members(inner);
            case "[":
                list("]");
                return members(Operand.literal(ValueType.LIST));
            case "{":
                return members(map());
            default:
                throw new IllegalArgumentException("unexpected " + token.text());
        }
    }

    private void list(String close) {
        while (!tokens.accept(close)) {
            choice();
            if (!tokens.accept(",")) {
                tokens.expect(close);
                return;
            }
        }
    }

    private Operand map() {
        while (!tokens.accept("}")) {
            Tokens.Token key = tokens.take();
            if (key.kind() == Tokens.Kind.OPERATOR) {
                throw new IllegalArgumentException("a computed key");
            }
            tokens.expect(":");
            choice();
            if (!tokens.accept(",")) {
                tokens.expect("}");
                break;
            }
        }
        return Operand.literal(ValueType.MAP);
    }

    private Operand named(String name) {
        if (name.indexOf('\uE000') >= 0
                || name.indexOf('$') >= 0
                || List.of("let", "if").contains(name)) {
            throw new IllegalArgumentException("unexpected " + name);
        }
        if (name.equals("nil")) {
            return Operand.UNKNOWN;
        }
        if (name.equals("true") || name.equals("false")) {
            return Operand.literal(ValueType.BOOL);
        }
        String path = name;
        while (true) {
            if (tokens.accept("(")) {
                return call(path);
            }
            boolean string = isString(path);
            String next = string ? "" : member();
            if (next.isEmpty()) {
                return string ? new Operand(ValueType.STRING, path.indexOf('.') < 0, path) : Operand.UNKNOWN;
            }
            path += "." + next;
        }
    }

    private boolean isString(String path) {
        return STRING_NAME.matcher(path).matches() || plainItems && path.equals("item");
    }

    /** The name of a member that follows, taken; "" where none follows whose name is written. */
    private String member() {
        if (tokens.accept(".") || tokens.accept("?.")) {
            return tokens.take().text();
        }
        return tokens.acceptKey().orElse("");
    }

    private Operand call(String function) {
        if (OF_ELEMENTS.contains(function)) {
            for (int open = 1; open > 0; ) {
                Tokens.Token token = tokens.take();
                if (token.kind() == Tokens.Kind.END) {
                    throw new IllegalArgumentException("expected )");
                }
                open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            }
        } else {
            list(")");
        }
        return Operand.of(ValueType.ofResult(function));
    }

    private Operand members(Operand value) {
        Operand at = value;
        while (true) {
            if (tokens.accept(".") || tokens.accept("?.")) {
                String name = tokens.take().text();
                if (at.type() == ValueType.STRING) {
                    found("cannot fetch " + name + " from string" + at.asObject(name), false);
                }
                if (tokens.accept("(")) {
                    throw new IllegalArgumentException("a method");
                }
            } else if (tokens.accept("[")) {
                slice();
            } else {
                return at;
            }
            at = Operand.UNKNOWN;
        }
    }

    private void slice() {
        if (!tokens.peek().is(":")) {
            choice();
        }
        if (tokens.accept(":") && !tokens.peek().is("]")) {
            choice();
        }
        tokens.expect("]");
    }
}
