package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a condition of plain comparisons, joined by {@code &&}, {@code ||} and {@code !}; every other condition
 * is left out. Source: Knetic/govaluate at 7625b7f8 (evaluationStage.go, EvaluableExpression.go evaluateStage).
 */
final class WhenValue {

    private static final Pattern TOKEN = Pattern.compile("\\s*+(?:['\"](?<text>[^'\"\\\\]*+)['\"]"
            + "|\\[(?<name>[^]\\\\]*+)]"
            + "|(?<number>\\d{1,15}+(?:\\.\\d{1,4}+)?+)(?![\\w.])"
            + "|(?<word>[A-Za-z]\\w*+)(?![\\w.])"
            + "|(?<operator>[()]|[^\\w\\s()\\[\\]'\"]++))\\s*+");

    private static final int LONGEST = 4096;
    private static final int DEEPEST = 64;

    private static final Set<String> ORDER = Set.of(">", ">=", "<", "<=");

    /** @param value a Boolean, String or BigDecimal; null for an operator */
    private record Token(String text, Optional<Object> value) {}

    private final List<Token> tokens = new ArrayList<>();
    private int next;
    private int depth;

    private WhenValue(String when) {
        Matcher token = TOKEN.matcher(when);
        int at = 0;
        for (; token.region(at, when.length()).lookingAt(); at = token.end()) {
            tokens.add(token(token));
        }
        if (at < when.length()) {
            throw new IllegalArgumentException("not understood");
        }
    }

    /** Why Argo cannot use it, if that is certain. @param when in which every value is known */
    static Optional<String> refusal(String when) {
        if (when.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            WhenValue reader = new WhenValue(when);
            Object value = reader.either(true);
            if (reader.next < reader.tokens.size()) {
                return Optional.empty();
            }
            return value instanceof Boolean
                    ? Optional.empty()
                    : Optional.of("Expected boolean evaluation for '" + when + "'. Got " + shown(value));
        } catch (IllegalArgumentException notUnderstood) {
            return Optional.empty();
        } catch (NoValue e) {
            return Optional.of("Failed to evaluate 'when' expression '" + when + "': " + e.getMessage());
        }
    }

    /** In quotes it can be a time, which is a number. */
    private static boolean isTime(String text) {
        return text.chars().anyMatch(Character::isDigit) && (text.indexOf('-') >= 0 || text.indexOf(':') >= 0);
    }

    private static Token token(Matcher token) {
        String text = token.group("text");
        String name = token.group("name");
        String number = token.group("number");
        String word = token.group("word");
        if (text != null && isTime(text) || "in".equals(word) || "IN".equals(word)) {
            throw new IllegalArgumentException("not understood");
        }
        if (text != null || name != null) {
            return new Token("", Optional.of(text == null ? name : text));
        }
        if (number != null) {
            return new Token("", Optional.of(new BigDecimal(number).stripTrailingZeros()));
        }
        boolean decided = "true".equals(word) || "false".equals(word);
        return word == null
                ? new Token(token.group("operator"), Optional.empty())
                : new Token("", Optional.of(decided ? (Object) Boolean.valueOf(word) : word));
    }

    /** @param counts whether it is evaluated; where the first operand decides, the second is not */
    private Object either(boolean counts) {
        Object left = both(counts);
        while (accept("||")) {
            boolean goesOn = counts && !Boolean.TRUE.equals(left);
            left = logical("||", left, both(goesOn), goesOn);
        }
        return left;
    }

    private Object both(boolean counts) {
        Object left = comparison(counts);
        while (accept("&&")) {
            boolean goesOn = counts && !Boolean.FALSE.equals(left);
            left = logical("&&", left, comparison(goesOn), goesOn);
        }
        return left;
    }

    private static Object logical(String operator, Object left, Object right, boolean goesOn) {
        if (!goesOn) {
            return left;
        }
        for (Object each : List.of(left, right)) {
            need(each, Boolean.class::isInstance, "logical operator '" + operator + "', it is not a bool");
        }
        return right;
    }

    private Object comparison(boolean counts) {
        Object left = operand(counts);
        String operator = next < tokens.size() ? tokens.get(next).text() : "";
        if (ORDER.contains(operator)) {
            next++;
            Object right = operand(counts);
            boolean fits = left.getClass() == right.getClass() && !(left instanceof Boolean);
            if (counts) {
                need(left, any -> fits, "comparator '" + operator + "', it is not a number");
            }
            return fits && decides(operator, left, right);
        }
        if (accept("==")) {
            return left.equals(operand(counts));
        }
        return accept("!=") ? !left.equals(operand(counts)) : left;
    }

    private static boolean decides(String operator, Object left, Object right) {
        int order = left instanceof BigDecimal number
                ? number.compareTo((BigDecimal) right)
                : left.toString().compareTo(right.toString());
        return order == 0 ? operator.endsWith("=") : operator.startsWith(">") == order > 0;
    }

    private Object operand(boolean counts) {
        boolean not = accept("!");
        Object value;
        if (accept("(")) {
            if (++depth > DEEPEST) {
                throw new IllegalArgumentException("not understood");
            }
            value = either(counts);
            depth--;
            if (!accept(")")) {
                throw new IllegalArgumentException("not understood");
            }
        } else if (next < tokens.size() && tokens.get(next).value().isPresent()) {
            value = tokens.get(next++).value().get();
            if (not && value instanceof String) {
                throw new NoValue("Cannot transition token types from PREFIX [!] to STRING [" + value + "]");
            }
        } else {
            throw new IllegalArgumentException("not understood");
        }
        if (not && counts) {
            need(value, Boolean.class::isInstance, "prefix '!'");
        }
        return not ? Boolean.FALSE.equals(value) : value;
    }

    private boolean accept(String operator) {
        boolean is = next < tokens.size() && tokens.get(next).text().equals(operator);
        next += is ? 1 : 0;
        return is;
    }

    private static void need(Object value, Predicate<Object> fits, String what) {
        if (!fits.test(value)) {
            throw new NoValue("Value '" + shown(value) + "' cannot be used with the " + what);
        }
    }

    private static String shown(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    /** Argo's evaluation ends in an error. */
    private static final class NoValue extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoValue(String message) {
            super(message);
        }
    }
}
