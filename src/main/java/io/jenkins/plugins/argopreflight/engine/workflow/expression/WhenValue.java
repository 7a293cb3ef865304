package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.WhenTokens.Kind;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.WhenTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The value of a condition, computed while it is read; what it does not know it leaves undecided. Source:
 * Knetic/govaluate at 7625b7f8 (stagePlanner.go, evaluationStage.go, EvaluableExpression.go evaluateStage).
 */
final class WhenValue {

    /** The operators between two operands; those of the last level bind first, those of one level from left to right. */
    private static final List<List<String>> LEVELS = Stream.of(
                    ",", "? : ??", "||", "&&", "== != > >= < <= =~ !~ in", "& | ^", "<< >>", "+ -", "* / %", "**")
            .map(level -> List.of(level.split(" ")))
            .toList();

    /** Of a choice without its other half. */
    private static final Undecided NIL = new Undecided("nil", "");

    private static final Pattern TIME =
            Pattern.compile("(?s)\\d{4}-\\d\\d-\\d\\d.*|\\d{1,2}:\\d\\d[AP]M|[A-Z][a-z]{2} [A-Z][a-z]{2} .*");

    private final Budget budget = Budget.current();
    private final List<Token> tokens;
    private int next;
    private int depth;

    private WhenValue(String when) {
        budget.charge(Limit.WORK, 1 + when.length() / 4);
        tokens = WhenTokens.of(when);
    }

    /**
     * A Boolean, a Double, a String or a list of them; {@link Undecided} when it cannot be known now.
     *
     * @param when in which what is not known is in marks
     * @throws IllegalArgumentException when it cannot be read
     * @throws NoValue when Argo's evaluation ends in an error, whatever is not known
     */
    static Object of(String when) {
        WhenValue reader = new WhenValue(when);
        Object value = reader.inside(true);
        if (reader.next < reader.tokens.size()) {
            throw new IllegalArgumentException("not understood");
        }
        return isOpen(value) || isTime(value) ? Undecided.LATER : value;
    }

    /** As Go's {@code %v} writes it. */
    static String shown(Object value) {
        return new Expression.Value(value).goText();
    }

    private static boolean isOpen(Object value) {
        return Undecided.is(value) || value instanceof List<?> list && Undecided.of(list.toArray()) != null;
    }

    /** Whether it is a time in quotes, which is a number; source: parsing.go tryParseTime. */
    static boolean isTime(Object value) {
        return value instanceof String text && TIME.matcher(text).matches();
    }

    private static boolean hasTime(Object value) {
        return value instanceof List<?> list ? list.stream().anyMatch(WhenValue::isTime) : isTime(value);
    }

    private Object inside(boolean certain) {
        budget.atMost(Limit.DEPTH, ++depth);
        Object value = binary(0, certain);
        depth--;
        return value;
    }

    /** @param certain whether it is evaluated, whatever is not known: only then what fails is an error */
    private Object binary(int level, boolean certain) {
        Object left = operand(certain);
        while (next < tokens.size() && level(tokens.get(next)) >= level) {
            Token operator = tokens.get(next++);
            Object right = binary(level(operator) + 1, certain && goesOn(operator.value(), left));
            left = apply(operator, left, right, certain);
        }
        return left;
    }

    private static int level(Token token) {
        int level = token.kind() == Kind.VALUE ? -1 : LEVELS.size() - 1;
        while (level >= 0 && !LEVELS.get(level).contains(token.value())) {
            level--;
        }
        return level;
    }

    /** Whether the operand after it is evaluated for certain. */
    private static boolean goesOn(Object symbol, Object left) {
        if (symbol.equals(":") || symbol.equals("??")) {
            return left == NIL;
        }
        boolean logical = symbol.equals("||") || symbol.equals("&&") || symbol.equals("?");
        return !logical || !Undecided.is(left) && !left.equals(symbol.equals("||"));
    }

    private Object operand(boolean certain) {
        Token token = take();
        switch (token.kind()) {
            case VALUE:
                if (token.value() == Undecided.MISSING && certain) {
                    throw new NoValue("No parameter '" + token.text().replaceFirst("\\..*", "") + "' found.");
                }
                return token.value();
            case PREFIX:
                boolean plain = next < tokens.size() && tokens.get(next).kind() == Kind.VALUE;
                Object value = operand(certain);
                if (plain && value instanceof String && !isTime(value)) {
                    throw new NoValue("Cannot transition token types from PREFIX [" + token.text() + "] to STRING ["
                            + value + "]");
                }
                return prefixed(token, value, certain);
            case OPEN:
                Object inside = inside(certain);
                if (take().kind() != Kind.CLOSE) {
                    throw new IllegalArgumentException("not understood");
                }
                return inside;
            case CLOSE:
                next--;
                return NIL;
            default:
                throw new IllegalArgumentException("not understood");
        }
    }

    private static Object prefixed(Token prefix, Object value, boolean certain) {
        boolean not = prefix.text().equals("!");
        if (!Undecided.is(value) && !(not ? value instanceof Boolean : value instanceof Double)) {
            return fail(
                    "Value '" + shown(value) + "' cannot be used with the prefix '" + prefix.text() + "'",
                    certain,
                    value);
        }
        return not
                ? Operators.not(value)
                : prefix.text().equals("-") ? Operators.arithmetic("-", 0.0, value) : Undecided.LATER;
    }

    private Token take() {
        if (next == tokens.size()) {
            throw new IllegalArgumentException("not understood");
        }
        return tokens.get(next++);
    }

    private static Object fail(String message, boolean certain, Object... operands) {
        if (certain && Stream.of(operands).noneMatch(each -> isTime(each) || each instanceof List && isOpen(each))) {
            throw new NoValue(message);
        }
        return Undecided.LATER;
    }

    /** What the operator gives; it is not known where an operand is not, unless the other one decides. */
    private static Object apply(Token operator, Object left, Object right, boolean certain) {
        String symbol = operator.value().toString();
        boolean or = symbol.equals("||");
        if (symbol.equals(",")) {
            return list(left, right);
        }
        if (symbol.equals("?")) {
            return left.equals(true) ? right : left.equals(false) ? NIL : Undecided.LATER;
        }
        if (symbol.equals(":") || symbol.equals("??")) {
            return left == NIL ? right : left;
        }
        if (operator.kind() == Kind.LOGICAL && (left.equals(or) || Undecided.is(left) && right.equals(or))) {
            return or;
        }
        if (symbol.equals("in") && !isOpen(left) && right instanceof List<?> list && list.contains(left)) {
            return true;
        }
        Optional<Object> unfit = unfit(symbol, left, right);
        if (unfit.isPresent()) {
            boolean evaluated = operator.kind() != Kind.LOGICAL || goesOn(symbol, left);
            return fail(words(operator, unfit.get()), certain && evaluated, left, right);
        }
        if (symbol.endsWith("~") && right instanceof String pattern) {
            Optional<String> none = Regex.problem(pattern);
            if (none.isPresent()) {
                return fail("Unable to compile regexp pattern '" + pattern + "': " + none.get(), certain, left);
            }
        }
        boolean time = !symbol.equals("+") && !left.equals(right) && (hasTime(left) || hasTime(right));
        if (time || isOpen(left) || isOpen(right)) {
            return Undecided.LATER;
        }
        return switch (symbol) {
            case "&&", "||" -> right;
            case "==" -> Operators.equal(left, right);
            case "!=" -> Operators.not(Operators.equal(left, right));
            case "<", "<=", ">", ">=" -> Operators.compare(symbol, left, right);
            case "=~" -> Operators.matches(left, right);
            case "!~" -> Operators.not(Operators.matches(left, right));
            case "in" -> false;
            case "&", "|", "^", "<<", ">>" -> Undecided.LATER;
            default -> Operators.arithmetic(symbol, left, right);
        };
    }

    /** One that goes on is the same list: no one else has it. */
    @SuppressWarnings("unchecked")
    private static List<Object> list(Object left, Object right) {
        List<Object> list = left instanceof List<?> begun ? (List<Object>) begun : new ArrayList<>(List.of(left));
        list.add(right);
        return list;
    }

    /** The first operand of which it is certain that the operator cannot be used with it. */
    private static Optional<Object> unfit(String symbol, Object left, Object right) {
        return switch (symbol) {
            case "==", "!=", "?" -> Optional.empty();
            case "&&", "||" -> firstNot(Boolean.class, left, right);
            case "in" -> firstNot(List.class, right);
            case "=~", "!~" -> firstNot(String.class, left, right);
            case "+", "<", "<=", ">", ">=" -> {
                boolean joins = symbol.equals("+") && (left instanceof String || right instanceof String);
                boolean same = left.getClass() == right.getClass() && !(left instanceof Boolean);
                yield joins || same || isOpen(left) || isOpen(right) ? Optional.empty() : Optional.of(left);
            }
            default -> firstNot(Double.class, left, right);
        };
    }

    private static Optional<Object> firstNot(Class<?> type, Object... operands) {
        return Stream.of(operands)
                .filter(each -> !type.isInstance(each) && !Undecided.is(each))
                .findFirst();
    }

    private static String words(Token operator, Object unfit) {
        String symbol = operator.value().toString();
        if (symbol.equals("in")) {
            return "the value after 'in' is no list; a list has a comma, compare one value with ==";
        }
        String use =
                switch (operator.kind()) {
                    case LOGICAL -> "logical operator '" + symbol + "', it is not a bool";
                    case MODIFIER -> "modifier '" + symbol + "', it is not a number";
                    default -> "comparator '" + symbol + "', it is not a number";
                };
        return "Value '" + shown(unfit) + "' cannot be used with the " + use
                + (symbol.equals("-") ? "; put words with a hyphen in quotes" : "");
    }

    /** Argo's evaluation ends in an error. */
    static final class NoValue extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoValue(String message) {
            super(message);
        }
    }
}
