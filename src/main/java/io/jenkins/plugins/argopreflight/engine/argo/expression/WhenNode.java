package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.argo.expression.WhenTokens.Token;
import java.util.List;
import java.util.Optional;

/**
 * A node of the syntax tree of a condition. Operations of one level are a list: {@code a + b - c} adds one level to the
 * tree, whatever its length.
 */
sealed interface WhenNode {

    /** A missing operand before a closing bracket, as in {@code (a ? )}. */
    record Empty() implements WhenNode {}

    /** A value or word. */
    record Operand(Token token) implements WhenNode {}

    /** A sign or negation. */
    record Prefix(Token token, WhenNode operand) implements WhenNode {}

    /** A part in brackets. */
    record Clause(WhenNode content) implements WhenNode {}

    /** Operations from left to right. */
    record Operation(WhenNode first, List<Term> terms) implements WhenNode {

        /** An operator and its right operand. The left operand is the result so far. */
        record Term(Token operator, WhenNode right) {}
    }

    /** Returns the node after a sign or negation, or within brackets; empty for other nodes. */
    default Optional<WhenNode> inner() {
        return this instanceof Prefix prefix
                ? Optional.of(prefix.operand())
                : this instanceof Clause clause ? Optional.of(clause.content()) : Optional.empty();
    }

    /** Returns the first token if it is an operand. */
    default Optional<Token> firstOperand() {
        return this instanceof Operand operand
                ? Optional.of(operand.token())
                : this instanceof Operation operation ? operation.first().firstOperand() : Optional.empty();
    }

    /** Returns the last token if it is an operand. */
    default Optional<Token> lastOperand() {
        return this instanceof Operation operation
                ? operation.terms().get(operation.terms().size() - 1).right().lastOperand()
                : this instanceof Prefix prefix ? prefix.operand().lastOperand() : firstOperand();
    }
}
