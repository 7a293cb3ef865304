package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.workflow.expression.WhenTokens.Kind;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.WhenTokens.Token;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the condition of a step can be read at all; the words are govaluate's. */
public final class WhenSyntax {

    /** Of what they join, govaluate evaluates one part perhaps not: {@link WhenValue} knows which. */
    private static final Set<Kind> SKIPPING = Set.of(Kind.LOGICAL, Kind.TERNARY);

    private static final Set<String> MATCHING = Set.of("=~", "!~");

    private WhenSyntax() {}

    /**
     * What is wrong with it, empty when nothing is.
     *
     * @param when in which every value that is known stands; what is not known ({@code {{…}}}, marks) can be any word
     */
    public static Optional<String> problem(String when) {
        if (when.isBlank()) {
            return Optional.empty();
        }
        try {
            List<Token> tokens = WhenTokens.of(when);
            Optional<String> pattern = pattern(tokens);
            if (pattern.isPresent() || tokens.stream().anyMatch(each -> SKIPPING.contains(each.kind()))) {
                return pattern;
            }
            for (int i = 0; i < tokens.size(); i++) {
                Token token = tokens.get(i);
                if (token.value() == Undecided.MISSING) {
                    String name = token.text().substring(0, token.text().indexOf('.'));
                    return Optional.of("No parameter '" + name + "' found.");
                }
                if (token.kind() == Kind.MODIFIER && !token.text().equals("+")) {
                    number(tokens.get(i - 1), token);
                    number(tokens.get(i + 1), token);
                }
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()).replace(WhenTokens.ANY, "{{…}}"));
        }
    }

    /** A pattern that is written out is compiled with the condition, evaluated or not (parsing.go optimizeTokens). */
    private static Optional<String> pattern(List<Token> tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean pattern = token.kind() == Kind.VALUE
                    && MATCHING.contains(tokens.get(i - 1).text())
                    && !WhenValue.isTime(token.value());
            if (pattern && token.value() instanceof String text) {
                Optional<String> none = Regex.problem(text);
                if (none.isPresent()) {
                    return none;
                }
            }
        }
        return Optional.empty();
    }

    /** Only numbers can be subtracted: {@code my-env} is two words and a minus. */
    private static void number(Token operand, Token modifier) {
        boolean word = operand.value() instanceof String || operand.value() instanceof Boolean;
        if (operand.kind() == Kind.VALUE && word && !WhenValue.isTime(operand.value())) {
            throw new IllegalArgumentException("Value '" + operand.value() + "' cannot be used with the modifier '"
                    + modifier.text() + "', it is not a number");
        }
    }
}
