package io.jenkins.plugins.argopreflight.engine.argo.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A lexer of expressions: their names, numbers, strings and operators, and a position among them. Source: expr-lang
 * parser/lexer/state.go.
 */
final class Lexer {

    enum Kind {
        NAME,
        NUMBER,
        STRING,
        OPERATOR,
        /** A task in a depends, perhaps with its result. */
        TASK,
        /** A character that the language does not have, or a string or comment without an end. */
        OTHER,
        END
    }

    record Token(Kind kind, String text) {
        boolean is(String operator) {
            return kind == Kind.OPERATOR && text.equals(operator);
        }

        boolean isWord(String word) {
            return kind == Kind.NAME && text.equals(word);
        }

        boolean isOperatorOrName() {
            return kind == Kind.OPERATOR || kind == Kind.NAME;
        }
    }

    /** The operators and brackets, longest first. */
    private static final List<Token> OPERATORS = Stream.of(
                    "== != <= >= && || =~ !~ ** ?? ?. .. :: + - * / % < > ! ? : , . ( ) [ ] { } # | = ^ ;".split(" "))
            .map(operator -> new Token(Kind.OPERATOR, operator))
            .toList();

    private static final Token END = new Token(Kind.END, "");

    private final List<Token> tokens;
    private int next;

    Lexer(List<Token> tokens) {
        this.tokens = tokens;
    }

    Lexer(String text) {
        this(new ArrayList<>());
        int index = 0;
        while (index < text.length()) {
            char c = text.charAt(index);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085') {
                index++;
            } else if (c == '"' || c == '\'' || c == '`') {
                index = string(text, index, c);
            } else if (Character.isDigit(c)) {
                index = nameOrNumber(text, index, Kind.NUMBER);
            } else if (Character.isLetter(c) || c == '_' || c == '$' || c == UnknownMarks.START) {
                index = nameOrNumber(text, index, Kind.NAME);
            } else if (text.startsWith("//", index)) {
                int lineEnd = text.indexOf('\n', index);
                index = lineEnd < 0 ? text.length() : lineEnd;
            } else if (text.startsWith("/*", index)) {
                int close = text.indexOf("*/", index + 2);
                index = close < 0 ? unread(text, index, text.length()) : close + 2;
            } else {
                index = operator(text, index);
            }
        }
    }

    /** Returns whether each character is in a token of the language. */
    boolean isReadable() {
        return tokens.stream().noneMatch(token -> token.kind() == Kind.OTHER);
    }

    Token peek() {
        return next < tokens.size() ? tokens.get(next) : END;
    }

    Token peekNext() {
        return next + 1 < tokens.size() ? tokens.get(next + 1) : END;
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
        boolean isAccepted = peek().isWord(name);
        next += isAccepted ? 1 : 0;
        return isAccepted;
    }

    /** Goes back to the token before. */
    void back() {
        next--;
    }

    boolean isAtEnd() {
        return next >= tokens.size();
    }

    private int operator(String text, int start) {
        for (Token operator : OPERATORS) {
            if (text.startsWith(operator.text(), start)) {
                tokens.add(operator);
                return start + operator.text().length();
            }
        }
        return unread(text, start, start + 1);
    }

    private int unread(String text, int start, int end) {
        tokens.add(new Token(Kind.OTHER, text.substring(start, end)));
        return end;
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
            return unread(text, start, text.length());
        }
        tokens.add(new Token(Kind.STRING, value.toString()));
        return i + 1;
    }

    private int nameOrNumber(String text, int start, Kind kind) {
        int end = start + 1;
        boolean isMark = text.charAt(start) == UnknownMarks.START;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean isInside = isMark
                    ? c != UnknownMarks.END
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
