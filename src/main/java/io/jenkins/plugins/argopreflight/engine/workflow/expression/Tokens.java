package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words, numbers, strings and operators of an expression. */
final class Tokens {

    /** Kinds of token. */
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        OPERATOR,
        END
    }

    /** One token. */
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
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '"' || c == '\'' || c == '`') {
                at = string(text, at, c);
            } else if (Character.isDigit(c)) {
                at = run(text, at, Kind.NUMBER);
            } else if (Character.isLetter(c) || c == '_' || c == '$' || c == '\uE000') {
                at = run(text, at, Kind.NAME);
            } else {
                at = operator(text, at);
            }
        }
    }

    /** Empty for what this reader does not know, such as comments. */
    static Optional<Tokens> ifRead(String expression) {
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
        boolean is = peek().is(operator);
        next += is ? 1 : 0;
        return is;
    }

    boolean acceptWord(String name) {
        boolean is = peek().kind() == Kind.NAME && peek().text().equals(name);
        next += is ? 1 : 0;
        return is;
    }

    void expect(String operator) {
        if (!accept(operator)) {
            throw new IllegalArgumentException("expected " + operator);
        }
    }

    /** A key in brackets that is written out, {@code ['build-number']}; not taken where anything else follows. */
    Optional<String> acceptKey() {
        boolean key = next + 2 < tokens.size()
                && tokens.get(next).is("[")
                && tokens.get(next + 1).kind() == Kind.STRING
                && tokens.get(next + 2).is("]");
        if (!key) {
            return Optional.empty();
        }
        next += 3;
        return Optional.of(tokens.get(next - 2).text());
    }

    private int operator(String text, int at) {
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                tokens.add(new Token(Kind.OPERATOR, operator));
                return at + operator.length();
            }
        }
        if (SINGLE.indexOf(text.charAt(at)) < 0) {
            throw new IllegalArgumentException("unexpected character");
        }
        tokens.add(new Token(Kind.OPERATOR, text.substring(at, at + 1)));
        return at + 1;
    }

    private int string(String text, int at, char quote) {
        StringBuilder value = new StringBuilder();
        int i = at + 1;
        while (i < text.length() && (text.charAt(i) != quote || quote == '`' && text.startsWith("``", i))) {
            if (text.charAt(i) == quote) {
                // In a raw string two are one.
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

    private int run(String text, int at, Kind kind) {
        int end = at + 1;
        boolean mark = text.charAt(at) == '\uE000';
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean inside = mark
                    ? c != '\uE001'
                    : Character.isLetterOrDigit(c)
                            || c == '_'
                            || kind == Kind.NAME && c == '$'
                            || kind == Kind.NUMBER && c == '.' && !text.startsWith("..", end);
            if (!inside) {
                break;
            }
            end++;
        }
        end = mark ? Math.min(end + 1, text.length()) : end;
        tokens.add(new Token(kind, text.substring(at, end)));
        return end;
    }
}
