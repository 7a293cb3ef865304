package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.workflow.expression.Tokens.Kind;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.Tokens.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A parser that finds certain syntax errors of expr. It ignores syntax that it does not know. Source: expr-lang
 * parser/parser.go.
 */
public final class ExpressionSyntax {

    /** Operators between two values. */
    private static final Set<String> BINARY_OPERATORS =
            Set.of("==", "!=", "<", "<=", ">", ">=", "&&", "||", "??", "*", "/", "%", "**");

    private static final Set<String> BINARY_WORDS =
            Set.of("and", "or", "in", "matches", "contains", "startsWith", "endsWith");

    /** Operators before a value. */
    private static final Set<String> PREFIX_OPERATORS = Set.of("+", "-", "!");

    static final String ENDS_EARLY = "unexpected token EOF (it ends too early)";

    private static final Map<String, String> CLOSING = Map.of("(", ")", "[", "]", "{", "}");

    private final Deque<String> openBrackets = new ArrayDeque<>();

    /** True if a value must follow. */
    private boolean isValueExpected = true;

    /** True after the end of a value. */
    private boolean isValueEnded;

    private boolean isMember;
    private boolean hasLet;

    private ExpressionSyntax() {}

    /** Returns an error such as {@code unexpected token EOF (it ends too early)}; empty if no error is certain. */
    public static Optional<String> problem(String expression) {
        return expression.indexOf('\uE000') >= 0
                ? Optional.empty()
                : Tokens.ifSupported(expression).flatMap(new ExpressionSyntax()::problem);
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
                        + (isValueEnded && token.kind() != Kind.OPERATOR ? " (no operator is before it)" : ""));
            }
            isMember = token.is(".") || token.is("?.");
        }
        return isValueExpected || !openBrackets.isEmpty() ? Optional.of(ENDS_EARLY) : Optional.empty();
    }

    private static String shown(Token token) {
        return token.kind() == Kind.STRING ? "\"" + token.text() + "\"" : token.text();
    }

    private boolean operator(String text) {
        boolean isClosing = CLOSING.containsValue(text);
        if (isValueExpected && (isClosing || BINARY_OPERATORS.contains(text))
                || isClosing && !text.equals(openBrackets.poll())) {
            return false;
        }
        if (CLOSING.containsKey(text)) {
            openBrackets.push(CLOSING.get(text));
        }
        isValueExpected = BINARY_OPERATORS.contains(text) || PREFIX_OPERATORS.contains(text);
        isValueEnded = isClosing && !text.equals("}");
        return true;
    }

    private boolean word(Token token) {
        boolean isName = token.kind() == Kind.NAME && !isMember;
        boolean isBinary = isName && BINARY_WORDS.contains(token.text());
        boolean isWord = isName && UnknownNames.WORDS.contains(token.text());
        if (isBinary ? isValueExpected : !isWord && isValueEnded && !isMember) {
            return false;
        }
        isValueExpected = isBinary;
        isValueEnded = !isWord;
        return true;
    }
}
