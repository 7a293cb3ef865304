package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.argo.expression.WhenNode.Operation;
import io.jenkins.plugins.argopreflight.engine.argo.expression.WhenTokens.Kind;
import io.jenkins.plugins.argopreflight.engine.argo.expression.WhenTokens.Token;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
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
            Optional<WhenNode> root = WhenParser.parse(when);
            Optional<String> pattern = root.flatMap(WhenSyntax::pattern);
            return pattern.isPresent() || root.isEmpty() || isLazy(root.get()) ? pattern : operand(root.get());
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (OverBudget e) {
            if (!e.limit().isForOne()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static boolean isLazy(WhenNode node) {
        return node instanceof Operation operation
                ? isLazy(operation.first())
                        || operation.terms().stream()
                                .anyMatch(term ->
                                        LAZY_OPERATORS.contains(term.operator().kind()) || isLazy(term.right()))
                : node.inner().filter(WhenSyntax::isLazy).isPresent();
    }

    /**
     * Returns the error of a literal pattern. It is compiled with the condition, whether it is evaluated or not
     * (parsing.go optimizeTokens).
     */
    private static Optional<String> pattern(WhenNode node) {
        if (!(node instanceof Operation operation)) {
            return node.inner().flatMap(WhenSyntax::pattern);
        }
        Optional<String> error = pattern(operation.first());
        for (Operation.Term term : operation.terms()) {
            error = error.or(() -> pattern(term)).or(() -> pattern(term.right()));
        }
        return error;
    }

    private static Optional<String> pattern(Operation.Term term) {
        return term.right()
                .firstOperand()
                .filter(token -> MATCH_OPERATORS.contains(term.operator().text())
                        && token.value() instanceof String
                        && !WhenValue.isTime(token.value()))
                .flatMap(token -> Regex.problem(token.value().toString()));
    }

    /** Returns the error of the first operand that does not exist or cannot be used. */
    private static Optional<String> operand(WhenNode node) {
        if (node instanceof WhenNode.Operand operand && operand.token().value() == Undecided.MISSING) {
            String name = operand.token().text();
            return Optional.of("No parameter '" + name.substring(0, name.indexOf('.')) + "' found.");
        }
        if (!(node instanceof Operation operation)) {
            return node.inner().flatMap(WhenSyntax::operand);
        }
        Optional<String> error = operand(operation.first());
        WhenNode left = operation.first();
        for (Operation.Term term : operation.terms()) {
            Optional<Token> before = left.lastOperand();
            error = error.or(() -> number(before, term.operator()))
                    .or(() -> number(term.right().firstOperand(), term.operator()))
                    .or(() -> operand(term.right()));
            left = term.right();
        }
        return error;
    }

    /**
     * Returns the error of an operand of an operator on numbers. Only numbers can be subtracted: {@code my-env} is two
     * words and a minus.
     */
    private static Optional<String> number(Optional<Token> operand, Token operator) {
        return operand.map(Token::value)
                .filter(value -> operator.kind() == Kind.MODIFIER
                        && !operator.text().equals("+")
                        && (value instanceof String || value instanceof Boolean)
                        && !WhenValue.isTime(value))
                .map(value -> "Value '" + value + "' cannot be used with the modifier '" + operator.text()
                        + "', it is not a number");
    }
}
