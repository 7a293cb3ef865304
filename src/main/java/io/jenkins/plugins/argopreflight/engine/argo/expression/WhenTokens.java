package io.jenkins.plugins.argopreflight.engine.argo.expression;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * The tokens of the condition of a step, in an order that govaluate accepts. The errors have govaluate's texts. Source:
 * Knetic/govaluate at 7625b7f8 (parsing.go readToken, checkBalance; lexerState.go), which argo-workflows uses in
 * shouldExecute.
 */
final class WhenTokens {

    /** Kinds of token. Operands have one kind. */
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
            boolean isEndOfValue = this == VALUE || this == CLOSE;
            return switch (next) {
                case PREFIX -> !isEndOfValue && this != PREFIX;
                case VALUE, OPEN -> this != VALUE;
                case CLOSE -> this != START && this != TERNARY && this != SEPARATOR;
                default -> isEndOfValue || this == TERNARY && next == SEPARATOR;
            };
        }
    }

    /**
     * A token of a condition.
     *
     * @param text text as written
     * @param value value of an operand: a Boolean, Double or String; AT_RUN_TIME if it is not known, MISSING for a
     *     field of an object; for an operator its symbol
     */
    record Token(Kind kind, String text, Object value) {}

    /** A rare letter that replaces an unknown value. */
    private static final String ANY = "\uFF58";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private Token last = new Token(Kind.START, "", "");
    private int index;
    private int tokenStart;
    private int openBrackets;

    private WhenTokens(String text) {
        this.text = text;
    }

    /**
     * Returns the tokens of a condition that is not blank.
     *
     * @param when condition with the values of all known variables. An unknown value ({@code {{…}}}, marks) can be any
     *     word.
     * @throws IllegalArgumentException if it cannot be parsed, with the reason
     */
    static List<Token> of(String when) {
        return new WhenTokens(Spans.replace(UnknownMarks.replace(when, name -> ANY), ANY, "{{", "}}")).read();
    }

    private List<Token> read() {
        while (index < text.length()) {
            tokenStart = index;
            if (Character.isWhitespace(text.charAt(index))) {
                index++;
            } else {
                token(text.charAt(index));
            }
        }
        if (openBrackets != 0) {
            throw new IllegalArgumentException("Unbalanced parenthesis");
        }
        if (!last.kind().isBefore(Kind.MODIFIER)) {
            throw new IllegalArgumentException("Unexpected end of expression");
        }
        return tokens;
    }

    private void token(char c) {
        if (c == '(' || c == ')' || c == ',') {
            index++;
            openBrackets += c == '(' ? 1 : c == ')' ? -1 : 0;
            add(c == '(' ? Kind.OPEN : c == ')' ? Kind.CLOSE : Kind.SEPARATOR, String.valueOf(c));
        } else if (c == '[' || c == '"' || c == '\'') {
            operand(quotedText(c));
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
            String symbol = readWhile(each ->
                    !Character.isLetterOrDigit(each) && !Character.isWhitespace(each) && "()[]'\"".indexOf(each) < 0);
            Kind kind = Arrays.stream(Kind.values())
                    .filter(each -> each.symbols.contains(symbol))
                    .filter(each -> each != Kind.PREFIX || last.kind().isBefore(each))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("Invalid token: '" + shown(symbol) + "'"));
            add(kind, symbol);
        }
    }

    private String word() {
        return readWhile(each -> Character.isLetterOrDigit(each) || each == '_' || each == '.');
    }

    /** Returns whether digits begin a number with an unknown part. */
    private boolean isPartlyUnknown() {
        int start = index;
        boolean isPartly = word().contains(ANY);
        index = start;
        return isPartly;
    }

    /**
     * Returns the value of a word with a dot and without quotes. It is a field of an object, and no object exists; if a
     * part is not known, it can be a number.
     */
    private static Object accessor(String word) {
        if (word.contains(ANY)) {
            return Undecided.AT_RUN_TIME;
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

    /** Reads a string. Both kinds of quotes end it, whichever began it. */
    private String quotedText(char c) {
        index++;
        String value = readWhile(each -> c == '[' ? each != ']' : each != '"' && each != '\'');
        if (index >= text.length()) {
            throw new IllegalArgumentException(c == '[' ? "Unclosed parameter bracket" : "Unclosed string literal");
        }
        index++;
        return value;
    }

    private double number() {
        if (text.startsWith("0x", index)) {
            index += 2;
            String digits = readWhile(each -> Character.digit(each, 16) >= 0);
            if (digits.isEmpty() || digits.length() > 16) {
                throw new IllegalArgumentException("Unable to parse hex value '" + digits + "' to uint64");
            }
            return new BigInteger(digits, 16).doubleValue();
        }
        String number = readWhile(each -> Character.isDigit(each) || each == '.');
        boolean isNumber = number.matches("\\d++(\\.\\d*+)?+|\\.\\d++");
        if (!isNumber || Double.isInfinite(Double.parseDouble(number))) {
            throw new IllegalArgumentException("Unable to parse numeric value '" + number + "' to float64");
        }
        return Double.parseDouble(number);
    }

    /** Reads the characters up to one that is not inside. A backslash escapes any character. */
    private String readWhile(IntPredicate inside) {
        StringBuilder result = new StringBuilder();
        while (index < text.length()) {
            boolean escape = text.charAt(index) == '\\' && index + 1 < text.length();
            if (!escape && !inside.test(text.charAt(index))) {
                break;
            }
            index += escape ? 1 : 0;
            result.append(text.charAt(index++));
        }
        return result.toString();
    }

    /** Returns a part of the condition for an error. */
    private static String shown(String part) {
        return part.replace(ANY, "{{…}}");
    }

    private void operand(Object value) {
        boolean isKnown = !text.substring(tokenStart, index).contains(ANY);
        add(Kind.VALUE, isKnown || value == Undecided.MISSING ? value : Undecided.AT_RUN_TIME);
    }

    private void add(Kind kind, Object value) {
        String token = text.substring(tokenStart, index);
        if (!last.kind().isBefore(kind)) {
            throw new IllegalArgumentException("Cannot transition token types from " + last.kind().word + " ["
                    + shown(last.text()) + "] to " + kind.word + " [" + shown(token) + "]");
        }
        last = new Token(kind, token, value);
        tokens.add(last);
    }
}
