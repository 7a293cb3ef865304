package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The operators of expressions. A result with an undecided operand is undecided, and so is the result of an operation
 * that is not computed here.
 */
final class Operators {

    private Operators() {}

    static Object number(String text) {
        if (text.indexOf('.') < 0) {
            return Long.parseLong(text.replace("_", ""));
        }
        return Double.parseDouble(text);
    }

    static Object equal(@Nullable Object left, @Nullable Object right) {
        Object undecided = Undecided.of(left, right);
        if (undecided != null) {
            return undecided;
        }
        if (left instanceof Number a && right instanceof Number b) {
            return a.doubleValue() == b.doubleValue();
        }
        return Objects.equals(left, right);
    }

    /**
     * Returns the result of a binary operator. Both operands were evaluated, each to a value or to an
     * {@link Undecided}, also where Argo's expression language (expr) evaluates only the left one.
     */
    static @Nullable Object binary(String operator, @Nullable Object left, @Nullable Object right) {
        return switch (operator) {
            case "??" -> left == Undecided.MISSING || left == null ? right : left;
            case "||", "or" -> decidedBy(/* decides= */ true, left, right);
            case "&&", "and" -> decidedBy(/* decides= */ false, left, right);
            case "==" -> equal(left, right);
            case "!=" -> not(equal(left, right));
            case "<", ">", "<=", ">=" -> compare(operator, left, right);
            case "matches" -> matches(left, right);
            case "in" -> in(left, right);
            case "+", "-", "*", "/", "%", "**" -> arithmetic(operator, left, right);
            case "^" -> arithmetic("**", left, right);
            default -> Undecided.AT_RUN_TIME;
        };
    }

    /**
     * Returns the result of a logical operator.
     *
     * @param decides the value of an operand that decides the result, independent of the other operand: true for "or",
     *     false for "and"
     */
    private static Object decidedBy(Boolean decides, @Nullable Object left, @Nullable Object right) {
        if (decides.equals(left) || decides.equals(right)) {
            return decides;
        }
        return Objects.requireNonNullElse(Undecided.of(left, right), !decides);
    }

    static Object not(@Nullable Object value) {
        if (value instanceof Undecided undecided) {
            return undecided;
        }
        return value instanceof Boolean bool ? !bool : Undecided.AT_RUN_TIME;
    }

    static Object compare(String operator, @Nullable Object left, @Nullable Object right) {
        Object undecided = Undecided.of(left, right);
        if (undecided != null) {
            return undecided;
        }
        int order;
        if (left instanceof Number a && right instanceof Number b) {
            order = Double.compare(a.doubleValue(), b.doubleValue());
        } else if (left instanceof String a && right instanceof String b) {
            order = a.compareTo(b);
        } else {
            return Undecided.AT_RUN_TIME;
        }
        return switch (operator) {
            case "<" -> order < 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            default -> order >= 0;
        };
    }

    static Object matches(@Nullable Object left, @Nullable Object right) {
        Object undecided = Undecided.of(left, right);
        if (undecided != null) {
            return undecided;
        }
        return left instanceof String text && right instanceof String pattern
                ? new Regex(pattern).matches(text)
                : Undecided.AT_RUN_TIME;
    }

    static Object in(@Nullable Object left, @Nullable Object right) {
        Object undecided = Undecided.of(left, right);
        if (undecided != null) {
            return undecided;
        }
        if (right instanceof List<?> list) {
            return list.stream().anyMatch(each -> equal(left, each).equals(true));
        }
        if (right instanceof Map<?, ?> map) {
            return left instanceof String ? map.containsKey(left) : Undecided.AT_RUN_TIME;
        }
        return Objects.equals(left, right);
    }

    static Object arithmetic(String operator, @Nullable Object left, @Nullable Object right) {
        Object undecided = Undecided.of(left, right);
        if (undecided != null) {
            return undecided;
        }
        if (operator.equals("+") && (left instanceof String || right instanceof String)) {
            if (left instanceof String a && right instanceof String b) {
                Budget.current().chargeText((long) a.length() + b.length());
                return a + b;
            }
            return Undecided.AT_RUN_TIME;
        }
        if (!(left instanceof Number a) || !(right instanceof Number b)) {
            return Undecided.AT_RUN_TIME;
        }
        boolean areIntegers = a instanceof Long && b instanceof Long && !operator.equals("/") && !operator.equals("**");
        if (areIntegers && operator.equals("%") && b.longValue() == 0) {
            return Undecided.fails("runtime error: integer divide by zero");
        }
        if (areIntegers) {
            return switch (operator) {
                case "+" -> a.longValue() + b.longValue();
                case "-" -> a.longValue() - b.longValue();
                case "*" -> a.longValue() * b.longValue();
                default -> a.longValue() % b.longValue();
            };
        }
        double x = a.doubleValue();
        double y = b.doubleValue();
        double result =
                switch (operator) {
                    case "+" -> x + y;
                    case "-" -> x - y;
                    case "*" -> x * y;
                    case "/" -> x / y;
                    case "**" -> Math.pow(x, y);
                    default -> x % y;
                };
        return Double.isFinite(result) ? result : Undecided.AT_RUN_TIME;
    }

    static @Nullable Object member(@Nullable Object value, @Nullable Object key) {
        Object undecided = Undecided.of(value, key);
        if (undecided != null) {
            return undecided;
        }
        if (value instanceof Map<?, ?> map && key instanceof String) {
            return map.containsKey(key) ? map.get(key) : Undecided.MISSING;
        }
        boolean hasTag = value instanceof String text && text.contains("{{");
        if (!(key instanceof Long index) || !(value instanceof List<?> || value instanceof String) || hasTag) {
            return Undecided.AT_RUN_TIME;
        }
        List<?> list = value instanceof List<?> elements ? elements : List.of();
        long length = value instanceof String text ? text.getBytes(StandardCharsets.UTF_8).length : list.size();
        long position = index < 0 ? length + index : index;
        if (position < 0 || position >= length) {
            return Undecided.fails("index out of range: " + position + " (array length is " + length + ")");
        }
        // An element of a text is a byte, which expr returns as a number.
        return value instanceof List<?> ? list.get((int) position) : Undecided.AT_RUN_TIME;
    }
}
