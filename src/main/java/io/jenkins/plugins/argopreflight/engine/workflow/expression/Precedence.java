package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import java.util.Map;

/** The precedence of operators. Source: expr-lang parser/operator/operator.go. */
final class Precedence {

    /** Precedence of the operator {@code not}. */
    static final int NOT = 50;

    static final int SIGN = 90;

    private static final Map<String, Integer> BINARY = Map.ofEntries(
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

    private Precedence() {}

    /** Returns the next binary operator, and skips it; "" if none with at least this precedence follows. */
    static String take(Tokens tokens, int minimum) {
        Tokens.Token token = tokens.peek();
        boolean isOperatorOrName = token.kind() == Tokens.Kind.OPERATOR || token.kind() == Tokens.Kind.NAME;
        if (isOperatorOrName && token.text().equals("not")) {
            throw new IllegalArgumentException("a negated operator");
        }
        if (!isOperatorOrName || BINARY.getOrDefault(token.text(), -1) < minimum) {
            return "";
        }
        return tokens.take().text();
    }

    /** Returns the minimum precedence of the operators in the right operand of an operator. */
    static int ofRight(String operator) {
        return BINARY.getOrDefault(operator, 0) + (operator.equals("**") ? 0 : 1);
    }
}
