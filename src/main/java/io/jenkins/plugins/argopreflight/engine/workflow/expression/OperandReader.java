package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.ValueType.Operand;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads an expression for the types of its operands; what it does not know, such as {@code let}, ends the reading. Source:
 * expr-lang parser/parser.go.
 */
final class OperandReader {

    private static final Set<String> LAZY = Set.of("||", "or", "&&", "and", "??");

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

    /** Members of the longest name of a string, such as steps.a.outputs.parameters.b. */
    private static final int LONGEST = 5;

    private final Tokens tokens;
    private final boolean plainItems;
    private final OperandTypes types;
    private final Budget budget = Budget.current();
    private int depth;

    OperandReader(String text, boolean plainItems, OperandTypes types) {
        budget.charge(Limit.WORK, 1 + text.length() / 4);
        this.tokens = new Tokens(text);
        this.plainItems = plainItems;
        this.types = types;
    }

    /** Reads all of it. */
    void whole() {
        choice();
        if (tokens.peek().kind() != Tokens.Kind.END) {
            throw new IllegalArgumentException("unexpected " + tokens.peek().text());
        }
    }

    private Operand choice() {
        budget.atMost(Limit.DEPTH, ++depth);
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
        budget.atMost(Limit.DEPTH, ++depth);
        Operand left = primary();
        String before = "";
        for (String operator = Precedence.take(tokens, minimum);
                !operator.isEmpty();
                operator = Precedence.take(tokens, minimum)) {
            if (OperandTypes.COMPARISONS.contains(before) && OperandTypes.COMPARISONS.contains(operator)) {
                throw new IllegalArgumentException("a chain of comparisons");
            }
            before = operator;
            boolean lazy = LAZY.contains(operator);
            if (lazy) {
                types.branch();
            }
            Operand right = operation(Precedence.ofRight(operator));
            if (lazy) {
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
                    types.found("invalid operation: - " + value.type() + value.converted(value), false);
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
        for (int members = 1; ; members++) {
            if (tokens.accept("(")) {
                return call(path);
            }
            boolean string = isString(path);
            String next = string ? "" : member();
            if (next.isEmpty()) {
                return string ? new Operand(ValueType.STRING, path.indexOf('.') < 0, path) : Operand.UNKNOWN;
            }
            path = members < LONGEST ? path + "." + next : "";
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
                    types.found("cannot fetch " + name + " from string" + at.asObject(name), false);
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
