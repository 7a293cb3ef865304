package io.jenkins.plugins.argopreflight.engine.argo.expression;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parser of the syntax of {@code kubectl get -o jsonpath=…}, which Argo uses for the outputs of resource templates.
 * Source: client-go util/jsonpath/{parser,jsonpath}.go.
 */
public final class KubectlJsonPath {

    private static final char END = '\uFFFF';
    private static final Set<String> KEYWORDS = Set.of("range", "end", "true", "false");
    private static final Pattern SLICE = Pattern.compile("-?\\d*(?::-?\\d*)?(?::-?\\d*)?");
    private static final Pattern KEY = Pattern.compile("'([^']*)'");
    private static final Pattern COMPARISON = Pattern.compile("([^!<>=]+)([!<>=]+)(.+)");

    private final String input;
    private int index;

    private KubectlJsonPath(String input) {
        this.input = input;
    }

    /** Returns kubectl's error for a template; empty if the template is valid. */
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
        for (int open = input.indexOf('{', index); open >= 0; open = input.indexOf('{', index)) {
            index = open + 1;
            action();
        }
    }

    private void action() {
        boolean isDescending = false;
        while (!input.startsWith("}", index)) {
            boolean isDescent = input.startsWith("..", index);
            if (isDescent && isDescending) {
                throw new IllegalArgumentException("invalid multiple recursive descent");
            }
            char next = next();
            if (isDescent) {
                index++;
                isDescending = !isWord(peek());
                if (!isDescending) {
                    field();
                }
            } else if (next != ' ' && next != '@' && next != '$') {
                isDescending = false;
                part(next);
            }
        }
        index++;
    }

    private void part(char first) {
        if (first == END || first == '\n' || first == '\r') {
            throw new IllegalArgumentException("unclosed action");
        } else if (first == '[' && input.startsWith("?(", index)) {
            filter();
        } else if (first == '[') {
            array();
        } else if (first == '"' || first == '\'') {
            quoted(first);
        } else if (first == '.') {
            field();
        } else if (first == '+' || first == '-' || Character.isDigit(first)) {
            int start = index - 1;
            while (peek() == '.' || Character.isDigit(peek())) {
                index++;
            }
            if (!input.substring(start, index).matches("[+-]?(?:\\d++\\.?\\d*+|\\.\\d++)")) {
                throw new IllegalArgumentException("cannot parse number " + input.substring(start, index));
            }
        } else if (isWord(first)) {
            int start = index - 1;
            field();
            String word = input.substring(start, index);
            if (!KEYWORDS.contains(word)) {
                throw new IllegalArgumentException("unrecognized identifier " + word);
            }
        } else {
            throw new IllegalArgumentException("unrecognized character in action: '" + first + "'");
        }
    }

    private void array() {
        int start = index;
        for (char next = next(); next != ']'; next = next()) {
            if (next == END || next == '\n') {
                throw new IllegalArgumentException("unterminated array");
            }
        }
        String text = input.substring(start, index - 1);
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
        index += 2;
        int start = index;
        char quote = END;
        boolean isClosed = false;
        for (char next = next(); next != ')' || quote != END != isClosed; next = next()) {
            if (next == END || next == '\n') {
                throw new IllegalArgumentException("unterminated filter");
            } else if (quote == END && (next == '"' || next == '\'')) {
                quote = next;
            } else if (next == quote && input.charAt(index - 2) != '\\') {
                isClosed = true;
            }
        }
        String text = input.substring(start, index - 1);
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
        for (char next = next(); next != end || input.charAt(index - 2) == '\\'; next = next()) {
            if (next == END || next == '\n') {
                throw new IllegalArgumentException("unterminated quoted string");
            }
        }
    }

    /** Skips to the next character that is not escaped and ends a name. */
    private void field() {
        while (index < input.length() && " \t\r\n.,[]$@{}".indexOf(peek()) < 0) {
            index += peek() == '\\' ? 2 : 1;
        }
        index = Math.min(index, input.length());
    }

    private static boolean isWord(char letter) {
        return letter == '_' || letter != END && Character.isLetterOrDigit(letter);
    }

    private char peek() {
        return index < input.length() ? input.charAt(index) : END;
    }

    private char next() {
        char next = peek();
        index++;
        return next;
    }
}
