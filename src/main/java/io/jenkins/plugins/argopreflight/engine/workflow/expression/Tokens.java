package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words, numbers, strings and operators of an expression. */
final class Tokens {

    enum Kind {
        NAME,
        NUMBER,
        STRING,
        OPERATOR,
        END
    }

    record Token(Kind kind, String text) {
        boolean is(String operator) {
            return kind == Kind.OPERATOR && text.equals(operator);
        }
    }

    private static final List<String> OPERATORS =
            List.of("==", "!=", "<=", ">=", "&&", "||", "=~", "!~", "**", "??", "?.", "..");
    private static final String SINGLE = "+-*/%<>!?:,.()[]{}#|=";
    private static final Token END = new Token(Kind.END, "");

    private final List<Token> tokens = new ArrayList<>();
    private int next;

    Tokens(String text) {
        int index = 0;
        while (index < text.length()) {
            char c = text.charAt(index);
            if (Character.isWhitespace(c)) {
                index++;
            } else if (c == '"' || c == '\'' || c == '`') {
                index = string(text, index, c);
            } else if (Character.isDigit(c)) {
                index = nameOrNumber(text, index, Kind.NUMBER);
            } else if (Character.isLetter(c) || c == '_' || c == '$' || c == '\uE000') {
                index = nameOrNumber(text, index, Kind.NAME);
            } else {
                index = operator(text, index);
            }
        }
    }

    /** Returns the tokens; empty for unsupported syntax, such as comments. */
    static Optional<Tokens> ifSupported(String expression) {
        try {
            return expression.contains("//") || expression.contains("/*")
                    ? Optional.empty()
                    : Optional.of(new Tokens(expression));
        } catch (IllegalArgumentException otherSyntax) {
            return Optional.empty();
        }
    }

    Token peek() {
        return next < tokens.size() ? tokens.get(next) : END;
    }

    Token take() {
        Token token = peek();
        next++;
        return token;
    }

    boolean accept(String operator) {
        boolean isAccepted = peek().is(operator);
        next += isAccepted ? 1 : 0;
        return isAccepted;
    }

    boolean acceptWord(String name) {
        boolean isAccepted = peek().kind() == Kind.NAME && peek().text().equals(name);
        next += isAccepted ? 1 : 0;
        return isAccepted;
    }

    void expect(String operator) {
        if (!accept(operator)) {
            throw new IllegalArgumentException("expected " + operator);
        }
    }

    /** Returns a literal key in brackets, {@code ['build-number']}, and skips it; empty if something else follows. */
    Optional<String> acceptKey() {
        boolean isKey = next + 2 < tokens.size()
                && tokens.get(next).is("[")
                && tokens.get(next + 1).kind() == Kind.STRING
                && tokens.get(next + 2).is("]");
        if (!isKey) {
            return Optional.empty();
        }
        next += 3;
        return Optional.of(tokens.get(next - 2).text());
    }

    private int operator(String text, int start) {
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, start)) {
                tokens.add(new Token(Kind.OPERATOR, operator));
                return start + operator.length();
            }
        }
        if (SINGLE.indexOf(text.charAt(start)) < 0) {
            throw new IllegalArgumentException("unexpected character");
        }
        tokens.add(new Token(Kind.OPERATOR, text.substring(start, start + 1)));
        return start + 1;
    }

    private int string(String text, int start, char quote) {
        StringBuilder value = new StringBuilder();
        int i = start + 1;
        while (i < text.length() && (text.charAt(i) != quote || quote == '`' && text.startsWith("``", i))) {
            if (text.charAt(i) == quote) {
                // In a raw string, two quotes are one character.
                value.append(quote);
                i++;
            } else if (text.charAt(i) == '\\' && quote != '`' && i + 1 < text.length()) {
                i++;
                char escaped = text.charAt(i);
                value.append(
                        switch (escaped) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            default -> escaped;
                        });
            } else {
                value.append(text.charAt(i));
            }
            i++;
        }
        if (i >= text.length()) {
            throw new IllegalArgumentException("unclosed string");
        }
        tokens.add(new Token(Kind.STRING, value.toString()));
        return i + 1;
    }

    private int nameOrNumber(String text, int start, Kind kind) {
        int end = start + 1;
        boolean isMark = text.charAt(start) == '\uE000';
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean isInside = isMark
                    ? c != '\uE001'
                    : Character.isLetterOrDigit(c)
                            || c == '_'
                            || kind == Kind.NAME && c == '$'
                            || kind == Kind.NUMBER && c == '.' && !text.startsWith("..", end);
            if (!isInside) {
                break;
            }
            end++;
        }
        end = isMark ? Math.min(end + 1, text.length()) : end;
        tokens.add(new Token(kind, text.substring(start, end)));
        return end;
    }
}
