package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The syntax of {@code kubectl get -o jsonpath=…}, with which the outputs of resource templates are read. Source: client-go
 * util/jsonpath/{parser,jsonpath}.go.
 */
public final class KubectlJsonPath {

    private static final char END = '\uFFFF';
    private static final Set<String> WORDS = Set.of("range", "end", "true", "false");
    private static final Pattern SLICE = Pattern.compile("-?\\d*(?::-?\\d*)?(?::-?\\d*)?");
    private static final Pattern KEY = Pattern.compile("'([^']*)'");
    private static final Pattern COMPARISON = Pattern.compile("([^!<>=]+)([!<>=]+)(.+)");

    private final String input;
    private int at;

    private KubectlJsonPath(String input) {
        this.input = input;
    }

    /** Why kubectl does not take it, in its own words; empty when it does. */
    public static Optional<String> error(String template) {
        try {
            new KubectlJsonPath(template).text();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("error parsing jsonpath " + template + ", " + e.getMessage());
        }
    }

    private static void expression(String text) {
        new KubectlJsonPath("{" + text + "}").text();
    }

    private void text() {
        for (int open = input.indexOf('{', at); open >= 0; open = input.indexOf('{', at)) {
            at = open + 1;
            action();
        }
    }

    private void action() {
        boolean descending = false;
        while (!input.startsWith("}", at)) {
            boolean descends = input.startsWith("..", at);
            if (descends && descending) {
                throw new IllegalArgumentException("invalid multiple recursive descent");
            }
            char next = next();
            if (descends) {
                at++;
                descending = !isWord(peek());
                if (!descending) {
                    field();
                }
            } else if (next != ' ' && next != '@' && next != '$') {
                descending = false;
                part(next);
            }
        }
        at++;
    }

    private void part(char first) {
        if (first == END || first == '\n' || first == '\r') {
            throw new IllegalArgumentException("unclosed action");
        } else if (first == '[' && input.startsWith("?(", at)) {
            filter();
        } else if (first == '[') {
            array();
        } else if (first == '"' || first == '\'') {
            quoted(first);
        } else if (first == '.') {
            field();
        } else if (first == '+' || first == '-' || Character.isDigit(first)) {
            int start = at - 1;
            while (peek() == '.' || Character.isDigit(peek())) {
                at++;
            }
            if (!input.substring(start, at).matches("[+-]?(?:\\d++\\.?\\d*+|\\.\\d++)")) {
                throw new IllegalArgumentException("cannot parse number " + input.substring(start, at));
            }
        } else if (isWord(first)) {
            int start = at - 1;
            field();
            String word = input.substring(start, at);
            if (!WORDS.contains(word)) {
                throw new IllegalArgumentException("unrecognized identifier " + word);
            }
        } else {
            throw new IllegalArgumentException("unrecognized character in action: '" + first + "'");
        }
    }

    private void array() {
        int start = at;
        for (char next = next(); next != ']'; next = next()) {
            if (next == END || next == '\n') {
                throw new IllegalArgumentException("unterminated array");
            }
        }
        String text = input.substring(start, at - 1);
        if (text.contains(",")) {
            for (String each : text.split(",", -1)) {
                expression("[" + each.trim() + "]");
            }
            return;
        }
        Matcher key = KEY.matcher(text);
        if (key.matches()) {
            expression("." + key.group(1));
        } else if (!text.equals("*") && !SLICE.matcher(text).matches()) {
            throw new IllegalArgumentException("invalid array index " + text);
        }
    }

    private void filter() {
        at += 2;
        int start = at;
        char quote = END;
        boolean closed = false;
        for (char next = next(); next != ')' || quote != END != closed; next = next()) {
            if (next == END || next == '\n') {
                throw new IllegalArgumentException("unterminated filter");
            } else if (quote == END && (next == '"' || next == '\'')) {
                quote = next;
            } else if (next == quote && input.charAt(at - 2) != '\\') {
                closed = true;
            }
        }
        String text = input.substring(start, at - 1);
        if (next() != ']') {
            throw new IllegalArgumentException("unclosed array expect ]");
        }
        Matcher comparison = COMPARISON.matcher(text);
        if (comparison.matches()) {
            expression(comparison.group(1));
            expression(comparison.group(3));
        } else {
            expression(text);
        }
    }

    private void quoted(char end) {
        for (char next = next(); next != end || input.charAt(at - 2) == '\\'; next = next()) {
            if (next == END || next == '\n') {
                throw new IllegalArgumentException("unterminated quoted string");
            }
        }
    }

    /** Up to the next character that is not escaped and ends a name. */
    private void field() {
        while (at < input.length() && " \t\r\n.,[]$@{}".indexOf(peek()) < 0) {
            at += peek() == '\\' ? 2 : 1;
        }
        at = Math.min(at, input.length());
    }

    private static boolean isWord(char letter) {
        return letter == '_' || letter != END && Character.isLetterOrDigit(letter);
    }

    private char peek() {
        return at < input.length() ? input.charAt(at) : END;
    }

    private char next() {
        char next = peek();
        at++;
        return next;
    }
}
