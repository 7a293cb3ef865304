package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.workflow.expression.WhenTokens.Kind;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.WhenTokens.Token;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A syntax check of the condition of a step. The errors have govaluate's texts. */
public final class WhenSyntax {

    /** Operators of which govaluate evaluates perhaps only one operand: {@link WhenValue} decides which. */
    private static final Set<Kind> LAZY_OPERATORS = Set.of(Kind.LOGICAL, Kind.TERNARY);

    private static final Set<String> MATCH_OPERATORS = Set.of("=~", "!~");

    private WhenSyntax() {}

    /**
     * Returns the error in a condition; empty if it has none.
     *
     * @param when condition with the values of all known variables. An unknown value ({@code {{…}}}, marks) can be any
     *     word.
     */
    public static Optional<String> problem(String when) {
        if (when.isBlank()) {
            return Optional.empty();
        }
        try {
            List<Token> tokens = WhenTokens.of(when);
            Optional<String> pattern = pattern(tokens);
            if (pattern.isPresent() || tokens.stream().anyMatch(each -> LAZY_OPERATORS.contains(each.kind()))) {
                return pattern;
            }
            for (int i = 0; i < tokens.size(); i++) {
                Token token = tokens.get(i);
                if (token.value() == Undecided.MISSING) {
                    String name = token.text().substring(0, token.text().indexOf('.'));
                    return Optional.of("No parameter '" + name + "' found.");
                }
                if (token.kind() == Kind.MODIFIER && !token.text().equals("+")) {
                    checkNumber(tokens.get(i - 1), token);
                    checkNumber(tokens.get(i + 1), token);
                }
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()).replace(WhenTokens.ANY, "{{…}}"));
        }
    }

    /**
     * Returns the error of a literal pattern. It is compiled with the condition, whether it is evaluated or not
     * (parsing.go optimizeTokens).
     */
    private static Optional<String> pattern(List<Token> tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean isPattern = token.kind() == Kind.VALUE
                    && MATCH_OPERATORS.contains(tokens.get(i - 1).text())
                    && !WhenValue.isTime(token.value());
            if (isPattern && token.value() instanceof String text) {
                Optional<String> error = Regex.problem(text);
                if (error.isPresent()) {
                    return error;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Checks an operand of an operator on numbers. Only numbers can be subtracted: {@code my-env} is two words and a
     * minus.
     */
    private static void checkNumber(Token operand, Token modifier) {
        boolean isTextOrBoolean = operand.value() instanceof String || operand.value() instanceof Boolean;
        if (operand.kind() == Kind.VALUE && isTextOrBoolean && !WhenValue.isTime(operand.value())) {
            throw new IllegalArgumentException("Value '" + operand.value() + "' cannot be used with the modifier '"
                    + modifier.text() + "', it is not a number");
        }
    }
}
