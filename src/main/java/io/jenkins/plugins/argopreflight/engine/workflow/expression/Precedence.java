package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import java.util.Map;

/** How strongly operators bind. Source: expr-lang parser/operator/operator.go. */
final class Precedence {

    /** Of the operators before an operand. */
    static final int NOT = 50;

    static final int SIGN = 90;

    private static final Map<String, Integer> BETWEEN = Map.ofEntries(
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

    /** The next operator between two operands, taken; "" where none follows that binds at least so strongly. */
    static String take(Tokens tokens, int minimum) {
        Tokens.Token token = tokens.peek();
        boolean word = token.kind() == Tokens.Kind.OPERATOR || token.kind() == Tokens.Kind.NAME;
        if (word && token.text().equals("not")) {
            throw new IllegalArgumentException("a negated operator");
        }
        if (!word || BETWEEN.getOrDefault(token.text(), -1) < minimum) {
            return "";
        }
        return tokens.take().text();
    }

    /** How strongly the operators in its right operand bind at least. */
    static int ofRight(String operator) {
        return BETWEEN.getOrDefault(operator, 0) + (operator.equals("**") ? 0 : 1);
    }
}
