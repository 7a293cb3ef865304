package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.workflow.expression.Tokens.Kind;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.Tokens.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What expr cannot parse for certain; what this does not know it leaves alone. Source: expr-lang parser/parser.go. */
public final class ExpressionSyntax {

    /** They stand between two values. */
    private static final Set<String> BETWEEN =
            Set.of("==", "!=", "<", "<=", ">", ">=", "&&", "||", "??", "*", "/", "%", "**");

    private static final Set<String> WORDS_BETWEEN =
            Set.of("and", "or", "in", "matches", "contains", "startsWith", "endsWith");

    /** They stand before a value. */
    private static final Set<String> SIGNS = Set.of("+", "-", "!");

    static final String ENDS_EARLY = "unexpected token EOF (it ends too early)";

    private static final Map<String, String> CLOSING = Map.of("(", ")", "[", "]", "{", "}");

    private final Deque<String> open = new ArrayDeque<>();

    /** Whether a value has to follow. */
    private boolean isWanted = true;

    /** Whether a value ended. */
    private boolean isEnded;

    private boolean isMember;
    private boolean hasLet;

    private ExpressionSyntax() {}

    /** Such as {@code unexpected token EOF (it ends too early)}; empty when nothing is wrong for certain. */
    public static Optional<String> problem(String expression) {
        return expression.indexOf('\uE000') >= 0
                ? Optional.empty()
                : Tokens.ifRead(expression).flatMap(new ExpressionSyntax()::problem);
    }

    private Optional<String> problem(Tokens tokens) {
        while (tokens.peek().kind() != Kind.END) {
            Token token = tokens.take();
            hasLet |= token.text().equals("let");
            if (token.is("=") && !hasLet) {
                return Optional.of("unexpected token = (write == to compare)");
            }
            if (!(token.kind() == Kind.OPERATOR ? operator(token.text()) : word(token))) {
                return Optional.of("unexpected token " + shown(token)
                        + (isEnded && token.kind() != Kind.OPERATOR ? " (no operator is before it)" : ""));
            }
            isMember = token.is(".") || token.is("?.");
        }
        return isWanted || !open.isEmpty() ? Optional.of(ENDS_EARLY) : Optional.empty();
    }

    private static String shown(Token token) {
        return token.kind() == Kind.STRING ? "\"" + token.text() + "\"" : token.text();
    }

    private boolean operator(String text) {
        boolean closes = CLOSING.containsValue(text);
        if (isWanted && (closes || BETWEEN.contains(text)) || closes && !text.equals(open.poll())) {
            return false;
        }
        if (CLOSING.containsKey(text)) {
            open.push(CLOSING.get(text));
        }
        isWanted = BETWEEN.contains(text) || SIGNS.contains(text);
        isEnded = closes && !text.equals("}");
        return true;
    }

    private boolean word(Token token) {
        boolean isName = token.kind() == Kind.NAME && !isMember;
        boolean isBetween = isName && WORDS_BETWEEN.contains(token.text());
        boolean isWord = isName && UnknownNames.WORDS.contains(token.text());
        if (isBetween ? isWanted : !isWord && isEnded && !isMember) {
            return false;
        }
        isWanted = isBetween;
        isEnded = !isWord;
        return true;
    }
}
