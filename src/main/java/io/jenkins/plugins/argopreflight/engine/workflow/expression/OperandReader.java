package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.ValueType.Operand;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A parser of expressions that determines the types of operands. It stops at syntax that it does not know, such as
 * {@code let}. Source: expr-lang parser/parser.go.
 */
final class OperandReader {

    private static final Set<String> LAZY_OPERATORS = Set.of("||", "or", "&&", "and", "??");

    /** Functions with an expression for each element, in which names have another meaning. */
    private static final Set<String> ELEMENT_FUNCTIONS = Set.of(
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

    /** Number of parts of the longest name of a string, such as steps.a.outputs.parameters.b. */
    private static final int MAX_PARTS = 5;

    private final Tokens tokens;
    private final boolean hasPlainItems;
    private final OperandTypes types;
    private final Budget budget = Budget.current();
    private int depth;

    OperandReader(String text, boolean hasPlainItems, OperandTypes types) {
        budget.charge(Limit.WORK_UNITS, 1 + text.length() / 4);
        this.tokens = new Tokens(text);
        this.hasPlainItems = hasPlainItems;
        this.types = types;
    }

    /** Parses the whole expression. */
    void parseAll() {
        choice();
        if (tokens.peek().kind() != Tokens.Kind.END) {
            throw new IllegalArgumentException("unexpected " + tokens.peek().text());
        }
    }

    private Operand choice() {
        budget.atMost(Limit.DEPTH_LEVELS, ++depth);
        Operand value = operation(0);
        if (tokens.accept("?")) {
            types.needsBool(value);
            types.branch();
            Operand yes = choice();
            tokens.expect(":");
            Operand no = choice();
            types.branchEnds();
            value = yes.type() == no.type() ? Operand.of(yes.type()) : Operand.UNKNOWN;
        }
        depth--;
        return value;
    }

    private Operand operation(int minimum) {
        budget.atMost(Limit.DEPTH_LEVELS, ++depth);
        Operand left = primary();
        String previous = "";
        for (String operator = Precedence.take(tokens, minimum);
                !operator.isEmpty();
                operator = Precedence.take(tokens, minimum)) {
            if (OperandTypes.COMPARISONS.contains(previous) && OperandTypes.COMPARISONS.contains(operator)) {
                throw new IllegalArgumentException("a chain of comparisons");
            }
            previous = operator;
            boolean isLazy = LAZY_OPERATORS.contains(operator);
            if (isLazy) {
                types.branch();
            }
            Operand right = operation(Precedence.ofRight(operator));
            if (isLazy) {
                types.branchEnds();
            }
            left = types.result(operator, left, right);
        }
        depth--;
        return left;
    }

    private Operand primary() {
        Tokens.Token token = tokens.take();
        switch (token.kind()) {
            case NUMBER:
                boolean isInteger = token.text().matches("\\d[\\d_]*|0[xXbBoO]\\w+");
                return Operand.literal(isInteger ? ValueType.INT : ValueType.FLOAT);
            case STRING:
                return members(Operand.literal(ValueType.STRING));
            case NAME:
                return token.text().equals("not") ? negated() : members(named(token.text()));
            default:
                return symbol(token);
        }
    }

    private Operand negated() {
        types.needsBool(operation(Precedence.NOT));
        return Operand.of(ValueType.BOOL);
    }

    private Operand symbol(Tokens.Token token) {
        switch (token.text()) {
            case "!":
                return negated();
            case "+":
                return operation(Precedence.SIGN);
            case "-":
                Operand value = operation(Precedence.SIGN);
                if (!value.type().fitsNumber()) {
                    types.addMismatch("invalid operation: - " + value.type() + value.converted(value), false);
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
        for (int partCount = 1; ; partCount++) {
            if (tokens.accept("(")) {
                return call(path);
            }
            boolean isString = isString(path);
            String next = isString ? "" : member();
            if (next.isEmpty()) {
                return isString ? new Operand(ValueType.STRING, path.indexOf('.') < 0, path) : Operand.UNKNOWN;
            }
            path = partCount < MAX_PARTS ? path + "." + next : "";
        }
    }

    private boolean isString(String path) {
        return STRING_NAME.matcher(path).matches() || hasPlainItems && path.equals("item");
    }

    /** Returns the name of a member that follows, and skips it; "" if no member with a literal name follows. */
    private String member() {
        if (tokens.accept(".") || tokens.accept("?.")) {
            return tokens.take().text();
        }
        return tokens.acceptKey().orElse("");
    }

    private Operand call(String function) {
        if (ELEMENT_FUNCTIONS.contains(function)) {
            for (int openBrackets = 1; openBrackets > 0; ) {
                Tokens.Token token = tokens.take();
                if (token.kind() == Tokens.Kind.END) {
                    throw new IllegalArgumentException("expected )");
                }
                openBrackets += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            }
        } else {
            list(")");
        }
        return Operand.of(ValueType.ofResult(function));
    }

    private Operand members(Operand value) {
        Operand current = value;
        while (true) {
            if (tokens.accept(".") || tokens.accept("?.")) {
                String name = tokens.take().text();
                if (current.type() == ValueType.STRING) {
                    types.addMismatch("cannot fetch " + name + " from string" + current.asObject(name), false);
                }
                if (tokens.accept("(")) {
                    throw new IllegalArgumentException("a method");
                }
            } else if (tokens.accept("[")) {
                slice();
            } else {
                return current;
            }
            current = Operand.UNKNOWN;
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
