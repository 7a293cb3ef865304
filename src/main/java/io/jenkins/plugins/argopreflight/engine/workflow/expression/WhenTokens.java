package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The tokens of the condition of a step, in an order that govaluate reads; the words of errors are govaluate's. Source:
 * Knetic/govaluate at 7625b7f8 (parsing.go readToken, checkBalance; lexerState.go), which argo-workflows uses in
 * shouldExecute.
 */
final class WhenTokens {

    /** Kinds of token; those of one operand are one kind. */
    enum Kind {
        START(""),
        PREFIX("PREFIX", "-", "!", "~"),
        VALUE("VARIABLE"),
        MODIFIER("MODIFIER", "+", "-", "*", "/", "%", "**", "&", "|", "^", ">>", "<<"),
        LOGICAL("LOGICALOP", "&&", "||"),
        COMPARATOR("COMPARATOR", "==", "!=", ">", ">=", "<", "<=", "=~", "!~", "in"),
        TERNARY("TERNARY", "?", ":", "??"),
        SEPARATOR("SEPARATOR"),
        OPEN("CLAUSE"),
        CLOSE("CLAUSE_CLOSE");

        private final String word;
        private final Set<String> symbols;

        Kind(String word, String... symbols) {
            this.word = word;
            this.symbols = Set.of(symbols);
        }

        private boolean isBefore(Kind next) {
            boolean ends = this == VALUE || this == CLOSE;
            return switch (next) {
                case PREFIX -> !ends && this != PREFIX;
                case VALUE, OPEN -> this != VALUE;
                case CLOSE -> this != START && this != TERNARY && this != SEPARATOR;
                default -> ends || this == TERNARY && next == SEPARATOR;
            };
        }
    }

    /**
     * One token.
     *
     * @param text as it is written
     * @param value of an operand: a Boolean, Double or String; LATER when it is not known, MISSING for a field of something;
     *     of an operator its symbol
     */
    record Token(Kind kind, String text, Object value) {}

    /** A letter that no one writes: the value of which it stands for any. */
    static final String ANY = "\uFF58";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private Token last = new Token(Kind.START, "", "");
    private int at;
    private int begin;
    private int open;

    private WhenTokens(String text) {
        this.text = text;
    }

    /**
     * The tokens of a condition that is not blank.
     *
     * @param when in which every value that is known stands; what is not known ({@code {{…}}}, marks) can be any word
     * @throws IllegalArgumentException when it cannot be read, with the reason
     */
    static List<Token> of(String when) {
        return new WhenTokens(Spans.replace(when, ANY, "{{", "}}", "\uE000", "\uE001")).read();
    }

    private List<Token> read() {
        while (at < text.length()) {
            begin = at;
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                token(text.charAt(at));
            }
        }
        if (open != 0) {
            throw new IllegalArgumentException("Unbalanced parenthesis");
        }
        if (!last.kind().isBefore(Kind.MODIFIER)) {
            throw new IllegalArgumentException("Unexpected end of expression");
        }
        return tokens;
    }

    private void token(char c) {
        if (c == '(' || c == ')' || c == ',') {
            at++;
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            add(c == '(' ? Kind.OPEN : c == ')' ? Kind.CLOSE : Kind.SEPARATOR, String.valueOf(c));
        } else if (c == '[' || c == '"' || c == '\'') {
            operand(quoted(c));
        } else if (Character.isDigit(c) || c == '.') {
            operand(isPartlyUnknown() ? word() : number());
        } else if (Character.isLetter(c)) {
            String word = word();
            switch (word) {
                case "in", "IN" -> add(Kind.COMPARATOR, "in");
                case "true", "false" -> operand(Boolean.valueOf(word));
                default -> operand(word.indexOf('.') > 0 ? accessor(word) : word);
            }
        } else {
            String symbol = run(each ->
                    !Character.isLetterOrDigit(each) && !Character.isWhitespace(each) && "()[]'\"".indexOf(each) < 0);
            Kind kind = Arrays.stream(Kind.values())
                    .filter(each -> each.symbols.contains(symbol))
                    .filter(each -> each != Kind.PREFIX || last.kind().isBefore(each))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("Invalid token: '" + symbol + "'"));
            add(kind, symbol);
        }
    }

    private String word() {
        return run(each -> Character.isLetterOrDigit(each) || each == '_' || each == '.');
    }

    /** Whether digits begin a number of which a part is not known. */
    private boolean isPartlyUnknown() {
        int begun = at;
        boolean is = word().contains(ANY);
        at = begun;
        return is;
    }

    /** A bare word with a dot is a field of something, and there is nothing; where a part is not known it can be a number. */
    private static Object accessor(String word) {
        if (word.contains(ANY)) {
            return Undecided.LATER;
        }
        String[] parts = word.split("\\.", -1);
        if (parts[parts.length - 1].isEmpty()) {
            throw new IllegalArgumentException("Hanging accessor on token '" + word + "'");
        }
        for (int i = 1; i < parts.length; i++) {
            if (!parts[i].isEmpty() && Character.isLowerCase(parts[i].charAt(0))) {
                throw new IllegalArgumentException(
                        "Unable to access unexported field '" + parts[i] + "' in token '" + word + "'");
            }
        }
        return Undecided.MISSING;
    }

    /** Either quote ends a string, whichever began it. */
    private String quoted(char c) {
        at++;
        String value = run(each -> c == '[' ? each != ']' : each != '"' && each != '\'');
        if (at >= text.length()) {
            throw new IllegalArgumentException(c == '[' ? "Unclosed parameter bracket" : "Unclosed string literal");
        }
        at++;
        return value;
    }

    private double number() {
        if (text.startsWith("0x", at)) {
            at += 2;
            String digits = run(each -> Character.digit(each, 16) >= 0);
            if (digits.isEmpty() || digits.length() > 16) {
                throw new IllegalArgumentException("Unable to parse hex value '" + digits + "' to uint64");
            }
            return new BigInteger(digits, 16).doubleValue();
        }
        String number = run(each -> Character.isDigit(each) || each == '.');
        boolean read = number.matches("\\d++(\\.\\d*+)?+|\\.\\d++");
        if (!read || Double.isInfinite(Double.parseDouble(number))) {
            throw new IllegalArgumentException("Unable to parse numeric value '" + number + "' to float64");
        }
        return Double.parseDouble(number);
    }

    /** The characters up to one that is not inside; a backslash escapes any. */
    private String run(IntPredicate inside) {
        StringBuilder run = new StringBuilder();
        while (at < text.length()) {
            boolean escape = text.charAt(at) == '\\' && at + 1 < text.length();
            if (!escape && !inside.test(text.charAt(at))) {
                break;
            }
            at += escape ? 1 : 0;
            run.append(text.charAt(at++));
        }
        return run.toString();
    }

    private void operand(Object value) {
        boolean known = !text.substring(begin, at).contains(ANY);
        add(Kind.VALUE, known || value == Undecided.MISSING ? value : Undecided.LATER);
    }

    private void add(Kind kind, Object value) {
        String token = text.substring(begin, at);
        if (!last.kind().isBefore(kind)) {
            throw new IllegalArgumentException("Cannot transition token types from " + last.kind().word + " ["
                    + last.text() + "] to " + kind.word + " [" + token + "]");
        }
        last = new Token(kind, token, value);
        tokens.add(last);
    }
}
