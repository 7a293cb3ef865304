package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.argo.expression.WhenTokens.Kind;
import io.jenkins.plugins.argopreflight.engine.argo.expression.WhenTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An evaluator of conditions. Unknown values are left undecided.
 * Source: Knetic/govaluate at 7625b7f8 (evaluationStage.go, EvaluableExpression.go evaluateStage).
 */
final class WhenValue {

    /** The value of a choice without its other half. */
    private static final Undecided NIL = new Undecided("nil", "");

    private static final Pattern TIME =
            Pattern.compile("(?s)\\d{4}-\\d\\d-\\d\\d.*|\\d{1,2}:\\d\\d[AP]M|[A-Z][a-z]{2} [A-Z][a-z]{2} .*");

    private WhenValue() {}

    /**
     * Returns a Boolean, a Double, a String or a list of them; {@link Undecided} if the value cannot be known now.
     *
     * @param when condition, with marks around unknown values
     * @throws IllegalArgumentException if it cannot be parsed
     * @throws NoValue if Argo's evaluation ends in an error, whatever the unknown values are
     */
    static Object of(String when) {
        Object value = WhenParser.parse(when)
                .map(root -> value(root, /* isCertain= */ true))
                .orElse(Undecided.AT_RUN_TIME);
        return isUndecided(value) || isTime(value) ? Undecided.AT_RUN_TIME : value;
    }

    /** Returns the text that Go's {@code %v} writes. */
    static String shown(Object value) {
        return new Expression.Value(value).goText();
    }

    private static boolean isUndecided(Object value) {
        return Undecided.is(value) || value instanceof List<?> list && Undecided.of(list.toArray()) != null;
    }

    /** Returns whether the value is a time in quotes, which is a number; source: parsing.go tryParseTime. */
    static boolean isTime(Object value) {
        return value instanceof String text && TIME.matcher(text).matches();
    }

    private static boolean hasTime(Object value) {
        return value instanceof List<?> list ? list.stream().anyMatch(WhenValue::isTime) : isTime(value);
    }

    /**
     * Evaluates a node.
     *
     * @param isCertain whether the node is evaluated, whatever the unknown values are: only then a failure is an error
     */
    private static Object value(WhenNode node, boolean isCertain) {
        if (node instanceof WhenNode.Operand operand) {
            Token token = operand.token();
            if (token.value() == Undecided.MISSING && isCertain) {
                throw new NoValue("No parameter '" + token.text().replaceFirst("\\..*", "") + "' found.");
            }
            return token.value();
        }
        if (node instanceof WhenNode.Prefix prefix) {
            return prefixed(prefix, value(prefix.operand(), isCertain), isCertain);
        }
        if (node instanceof WhenNode.Operation operation) {
            Object left = value(operation.first(), isCertain);
            for (WhenNode.Operation.Term term : operation.terms()) {
                Token operator = term.operator();
                Object right = value(term.right(), isCertain && isRightEvaluated(operator.value(), left));
                left = apply(operator, left, right, isCertain);
            }
            return left;
        }
        return node instanceof WhenNode.Clause clause ? value(clause.content(), isCertain) : NIL;
    }

    /** Returns whether the right operand is evaluated for certain. */
    private static boolean isRightEvaluated(Object symbol, Object left) {
        if (symbol.equals(":") || symbol.equals("??")) {
            return left == NIL;
        }
        boolean isLazy = symbol.equals("||") || symbol.equals("&&") || symbol.equals("?");
        return !isLazy || !Undecided.is(left) && !left.equals(symbol.equals("||"));
    }

    private static Object prefixed(WhenNode.Prefix operation, Object value, boolean isCertain) {
        Token prefix = operation.token();
        if (operation.operand() instanceof WhenNode.Operand && value instanceof String && !isTime(value)) {
            throw new NoValue(
                    "Cannot transition token types from PREFIX [" + prefix.text() + "] to STRING [" + value + "]");
        }
        boolean isNot = prefix.text().equals("!");
        if (!Undecided.is(value) && !(isNot ? value instanceof Boolean : value instanceof Double)) {
            return fail(
                    "Value '" + shown(value) + "' cannot be used with the prefix '" + prefix.text() + "'",
                    isCertain,
                    value);
        }
        return isNot
                ? Operators.not(value)
                : prefix.text().equals("-") ? Operators.arithmetic("-", 0.0, value) : Undecided.AT_RUN_TIME;
    }

    private static Object fail(String message, boolean isCertain, Object... operands) {
        if (isCertain
                && Stream.of(operands).noneMatch(each -> isTime(each) || each instanceof List && isUndecided(each))) {
            throw new NoValue(message);
        }
        return Undecided.AT_RUN_TIME;
    }

    /** Returns the result of an operator. It is unknown if an operand is, unless the other operand decides. */
    private static Object apply(Token operator, Object left, Object right, boolean isCertain) {
        String symbol = operator.value().toString();
        boolean isOr = symbol.equals("||");
        if (symbol.equals(",")) {
            return list(left, right);
        }
        if (symbol.equals("?")) {
            return left.equals(true) ? right : left.equals(false) ? NIL : Undecided.AT_RUN_TIME;
        }
        if (symbol.equals(":") || symbol.equals("??")) {
            return left == NIL ? right : left;
        }
        if (operator.kind() == Kind.LOGICAL && (left.equals(isOr) || Undecided.is(left) && right.equals(isOr))) {
            return isOr;
        }
        if (symbol.equals("in") && !isUndecided(left) && right instanceof List<?> list && list.contains(left)) {
            return true;
        }
        Optional<Object> unfit = firstUnfit(symbol, left, right);
        if (unfit.isPresent()) {
            boolean isEvaluated = operator.kind() != Kind.LOGICAL || isRightEvaluated(symbol, left);
            return fail(message(operator, unfit.get()), isCertain && isEvaluated, left, right);
        }
        if (symbol.endsWith("~") && right instanceof String pattern) {
            Optional<String> error = Regex.problem(pattern);
            if (error.isPresent()) {
                return fail("Unable to compile regexp pattern '" + pattern + "': " + error.get(), isCertain, left);
            }
        }
        boolean hasOtherTime = !symbol.equals("+") && !left.equals(right) && (hasTime(left) || hasTime(right));
        if (hasOtherTime || isUndecided(left) || isUndecided(right)) {
            return Undecided.AT_RUN_TIME;
        }
        return switch (symbol) {
            case "&&", "||" -> right;
            case "==" -> Operators.equal(left, right);
            case "!=" -> Operators.not(Operators.equal(left, right));
            case "<", "<=", ">", ">=" -> Operators.compare(symbol, left, right);
            case "=~" -> Operators.matches(left, right);
            case "!~" -> Operators.not(Operators.matches(left, right));
            case "in" -> false;
            case "&", "|", "^", "<<", ">>" -> Undecided.AT_RUN_TIME;
            default -> Operators.arithmetic(symbol, left, right);
        };
    }

    /** Adds a value to a list, or creates the list. An existing list is reused, since nothing else refers to it. */
    @SuppressWarnings("unchecked")
    private static List<Object> list(Object left, Object right) {
        List<Object> list = left instanceof List<?> existing ? (List<Object>) existing : new ArrayList<>(List.of(left));
        list.add(right);
        return list;
    }

    /** Returns the first operand that certainly cannot be used with the operator. */
    private static Optional<Object> firstUnfit(String symbol, Object left, Object right) {
        return switch (symbol) {
            case "==", "!=", "?" -> Optional.empty();
            case "&&", "||" -> firstNot(Boolean.class, left, right);
            case "in" -> firstNot(List.class, right);
            case "=~", "!~" -> firstNot(String.class, left, right);
            case "+", "<", "<=", ">", ">=" -> {
                boolean isConcatenation = symbol.equals("+") && (left instanceof String || right instanceof String);
                boolean hasEqualTypes = left.getClass() == right.getClass() && !(left instanceof Boolean);
                yield isConcatenation || hasEqualTypes || isUndecided(left) || isUndecided(right)
                        ? Optional.empty()
                        : Optional.of(left);
            }
            default -> firstNot(Double.class, left, right);
        };
    }

    private static Optional<Object> firstNot(Class<?> type, Object... operands) {
        return Stream.of(operands)
                .filter(each -> !type.isInstance(each) && !Undecided.is(each))
                .findFirst();
    }

    private static String message(Token operator, Object unfit) {
        String symbol = operator.value().toString();
        if (symbol.equals("in")) {
            return "the value after 'in' is no list; a list has a comma, compare one value with ==";
        }
        String usage =
                switch (operator.kind()) {
                    case LOGICAL -> "logical operator '" + symbol + "', it is not a bool";
                    case MODIFIER -> "modifier '" + symbol + "', it is not a number";
                    default -> "comparator '" + symbol + "', it is not a number";
                };
        return "Value '" + shown(unfit) + "' cannot be used with the " + usage
                + (symbol.equals("-") ? "; put words with a hyphen in quotes" : "");
    }

    /** An error that ends Argo's evaluation. */
    static final class NoValue extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoValue(String message) {
            super(message);
        }
    }
}
