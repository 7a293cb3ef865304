package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.argo.expression.WhenTokens.Kind;
import io.jenkins.plugins.argopreflight.engine.argo.expression.WhenTokens.Token;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A parser of the condition in a {@code when}. Source: Knetic/govaluate at 7625b7f8 (stagePlanner.go). */
final class WhenParser {

    /**
     * The binary operators by level. Operators of the last level bind first, operators of one level from left to right.
     */
    private static final List<List<String>> LEVELS = Stream.of(
                    ",", "? : ??", "||", "&&", "== != > >= < <= =~ !~ in", "& | ^", "<< >>", "+ -", "* / %", "**")
            .map(level -> List.of(level.split(" ")))
            .toList();

    private final Budget budget = Budget.current();
    private final List<Token> tokens;
    private int next;
    private int depth;
    private boolean isSupported = true;

    private WhenParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * Returns the tree of a condition that is not blank; empty for syntax that is not supported.
     *
     * @throws IllegalArgumentException if govaluate cannot parse it, with its error
     */
    static Optional<WhenNode> parse(String when) {
        Budget.current().charge(Limit.WORK_UNITS, 1 + when.length() / 4);
        WhenParser parser = new WhenParser(WhenTokens.of(when));
        WhenNode root = parser.clause();
        return parser.isSupported && parser.next == parser.tokens.size() ? Optional.of(root) : Optional.empty();
    }

    private WhenNode clause() {
        budget.atMost(Limit.DEPTH_LEVELS, ++depth);
        WhenNode inner = operation(0);
        depth--;
        return inner;
    }

    /** Parses operations of a level and of those that bind stronger. */
    private WhenNode operation(int level) {
        WhenNode first = operand();
        List<WhenNode.Operation.Term> terms = new ArrayList<>();
        while (next < tokens.size() && level(tokens.get(next)) >= level) {
            Token operator = tokens.get(next++);
            terms.add(new WhenNode.Operation.Term(operator, operation(level(operator) + 1)));
        }
        return terms.isEmpty() ? first : new WhenNode.Operation(first, terms);
    }

    private static int level(Token token) {
        int level = token.kind() == Kind.VALUE ? -1 : LEVELS.size() - 1;
        while (level >= 0 && !LEVELS.get(level).contains(token.value())) {
            level--;
        }
        return level;
    }

    private WhenNode operand() {
        switch (kind()) {
            case VALUE:
                return new WhenNode.Operand(tokens.get(next++));
            case PREFIX:
                return new WhenNode.Prefix(tokens.get(next++), operand());
            case OPEN:
                next++;
                WhenNode inner = clause();
                checkClosed();
                next++;
                return new WhenNode.Clause(inner);
            default:
                checkClosed();
                return new WhenNode.Empty();
        }
    }

    private void checkClosed() {
        if (kind() != Kind.CLOSE) {
            isSupported = false;
        }
    }

    /** Returns the kind of the next token. After the last token it is START, which no token of a condition has. */
    private Kind kind() {
        return next < tokens.size() ? tokens.get(next).kind() : Kind.START;
    }
}
