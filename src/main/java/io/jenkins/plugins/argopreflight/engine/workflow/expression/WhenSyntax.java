package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Whether the condition of a step can be read at all; the words are govaluate's. Source: Knetic/govaluate at 7625b7f8
 * (parsing.go readToken, checkBalance; lexerState.go), which argo-workflows uses in shouldExecute.
 */
public final class WhenSyntax {

    private enum Kind {
        START(""),
        PREFIX("PREFIX"),
        VALUE("VARIABLE"),
        COMPARATOR("COMPARATOR"),
        LOGICAL("LOGICALOP"),
        MODIFIER("MODIFIER"),
        TERNARY("TERNARY"),
        SEPARATOR("SEPARATOR"),
        OPEN("CLAUSE"),
        CLOSE("CLAUSE_CLOSE");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /** A letter that no one writes: the value of which it stands for any. */
    private static final String ANY = "\uFF58";

    private static final Set<Kind> OPERAND = EnumSet.of(Kind.PREFIX, Kind.VALUE, Kind.OPEN);
    private static final Set<Kind> OPERATOR =
            EnumSet.of(Kind.COMPARATOR, Kind.LOGICAL, Kind.MODIFIER, Kind.TERNARY, Kind.SEPARATOR, Kind.CLOSE);
    private static final Map<Kind, Set<Kind>> NEXT = next();

    private static final Set<String> PREFIXES = Set.of("-", "!", "~");
    private static final Set<String> MODIFIERS = Set.of("+", "-", "*", "/", "%", "**", "&", "|", "^", ">>", "<<");
    private static final Set<String> LOGICAL = Set.of("&&", "||");
    private static final Set<String> COMPARATORS = Set.of("==", "!=", ">", ">=", "<", "<=", "=~", "!~", "in");
    private static final Set<String> TERNARIES = Set.of("?", ":", "??");

    private final String text;
    private int at;
    private Kind last = Kind.START;
    private String lastText = "";
    private int open;

    private WhenSyntax(String text) {
        this.text = text;
    }

    /**
     * What is wrong with it, empty when nothing is.
     *
     * @param when in which every value that is known stands; what is not known ({@code {{…}}}, marks) can be any word
     */
    public static Optional<String> problem(String when) {
        if (when.isBlank()) {
            return Optional.empty();
        }
        try {
            new WhenSyntax(Spans.replace(when, ANY, "{{", "}}", "\uE000", "\uE001")).read();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Map<Kind, Set<Kind>> next() {
        Map<Kind, Set<Kind>> next = new EnumMap<>(Kind.class);
        Set<Kind> operandOrClose = EnumSet.copyOf(OPERAND);
        operandOrClose.add(Kind.CLOSE);
        Set<Kind> afterClose = EnumSet.copyOf(OPERATOR);
        afterClose.addAll(Set.of(Kind.VALUE, Kind.OPEN));
        next.put(Kind.START, OPERAND);
        next.put(Kind.OPEN, operandOrClose);
        next.put(Kind.CLOSE, afterClose);
        next.put(Kind.VALUE, OPERATOR);
        next.put(Kind.MODIFIER, operandOrClose);
        next.put(Kind.COMPARATOR, operandOrClose);
        next.put(Kind.LOGICAL, operandOrClose);
        next.put(Kind.PREFIX, EnumSet.of(Kind.VALUE, Kind.OPEN, Kind.CLOSE));
        next.put(Kind.TERNARY, EnumSet.of(Kind.PREFIX, Kind.VALUE, Kind.OPEN, Kind.SEPARATOR));
        next.put(Kind.SEPARATOR, OPERAND);
        return next;
    }

    private void read() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                token(text.charAt(at));
            }
        }
        if (open != 0) {
            throw new IllegalArgumentException("Unbalanced parenthesis");
        }
        if (last != Kind.VALUE && last != Kind.CLOSE) {
            throw new IllegalArgumentException("Unexpected end of expression");
        }
    }

    private void token(char c) {
        if (c == '(' || c == ')') {
            open += c == '(' ? 1 : -1;
            add(c == '(' ? Kind.OPEN : Kind.CLOSE, 1);
        } else if (c == ',') {
            add(Kind.SEPARATOR, 1);
        } else if (c == '[' || c == '"' || c == '\'') {
            quoted(c);
        } else if (Character.isDigit(c) || c == '.') {
            number();
        } else if (Character.isLetter(c)) {
            int length = run(each -> Character.isLetterOrDigit(each) || each == '_' || each == '.');
            String word = text.substring(at, at + length);
            accessor(word);
            add(word.equals("in") || word.equals("IN") ? Kind.COMPARATOR : Kind.VALUE, length);
        } else {
            operator();
        }
    }

    /** Only numbers can be subtracted: {@code my-env} is two words and a minus. */
    private void arithmetic(String operand, String token) {
        String modifier = last == Kind.MODIFIER ? lastText : token;
        boolean number = operand.matches("[\\d.].*|[()]|") || operand.contains(ANY);
        if (!modifier.equals("+") && !number) {
            throw new IllegalArgumentException("Value '" + operand.replaceAll("^['\"\\[]|['\"\\]]$", "")
                    + "' cannot be used with the modifier '" + modifier + "', it is not a number");
        }
    }

    /** A bare word with a dot is a field of something, and there is nothing. */
    private static void accessor(String word) {
        String[] parts = word.split("\\.", -1);
        if (parts.length > 1 && parts[parts.length - 1].isEmpty()) {
            throw new IllegalArgumentException("Hanging accessor on token '" + word + "'");
        }
        for (int i = 1; i < parts.length; i++) {
            if (!parts[i].isEmpty() && Character.isLowerCase(parts[i].charAt(0))) {
                throw new IllegalArgumentException(
                        "Unable to access unexported field '" + parts[i] + "' in token '" + word + "'");
            }
        }
        if (parts.length > 1) {
            throw new IllegalArgumentException("No parameter '" + parts[0] + "' found.");
        }
    }

    /** Either quote ends a string, whichever began it. */
    private void quoted(char c) {
        int end = at + 1;
        while (end < text.length() && (c == '[' ? text.charAt(end) != ']' : "\"'".indexOf(text.charAt(end)) < 0)) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            throw new IllegalArgumentException(c == '[' ? "Unclosed parameter bracket" : "Unclosed string literal");
        }
        add(Kind.VALUE, end + 1 - at);
    }

    private void number() {
        int length = text.startsWith("0x", at)
                ? 2 + run(at + 2, each -> Character.digit(each, 16) >= 0)
                : run(each -> Character.isDigit(each) || each == '.');
        String number = text.substring(at, at + length);
        if (!number.startsWith("0x") && !number.matches("\\d++(\\.\\d*+)?+|\\.\\d++")) {
            throw new IllegalArgumentException("Unable to parse numeric value '" + number + "' to float64");
        }
        add(Kind.VALUE, length);
    }

    private void operator() {
        int length = run(each ->
                !Character.isLetterOrDigit(each) && !Character.isWhitespace(each) && "()[]'\"".indexOf(each) < 0);
        String symbol = text.substring(at, at + length);
        if (PREFIXES.contains(symbol) && following().contains(Kind.PREFIX)) {
            add(Kind.PREFIX, length);
        } else if (MODIFIERS.contains(symbol)) {
            add(Kind.MODIFIER, length);
        } else if (LOGICAL.contains(symbol)) {
            add(Kind.LOGICAL, length);
        } else if (COMPARATORS.contains(symbol)) {
            add(Kind.COMPARATOR, length);
        } else if (TERNARIES.contains(symbol)) {
            add(Kind.TERNARY, length);
        } else {
            throw new IllegalArgumentException("Invalid token: '" + symbol + "'");
        }
    }

    private int run(IntPredicate inside) {
        return run(at, inside);
    }

    private int run(int from, IntPredicate inside) {
        int end = from;
        while (end < text.length() && inside.test(text.charAt(end))) {
            end++;
        }
        return end - from;
    }

    private Set<Kind> following() {
        return Objects.requireNonNull(NEXT.get(last));
    }

    private void add(Kind kind, int length) {
        String token = text.substring(at, at + length);
        if (!following().contains(kind)) {
            throw new IllegalArgumentException("Cannot transition token types from " + last.word + " [" + lastText
                    + "] to " + kind.word + " [" + token + "]");
        }
        arithmetic(kind == Kind.MODIFIER ? lastText : last == Kind.MODIFIER && kind == Kind.VALUE ? token : "0", token);
        last = kind;
        lastText = token;
        at += length;
    }
}
