package io.jenkins.plugins.argopreflight.engine.argo.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.util.json.UntrustedJson;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The functions that expressions call most: Argo's asInt, asFloat, string, toJson and jsonpath, and sprig's functions
 * for texts. Other functions are left undecided. Source: argo-workflows util/expr/env/env.go.
 */
final class Functions {

    private static final ObjectMapper JSON =
            new ObjectMapper(UntrustedJson.factory()).enable(DeserializationFeature.USE_LONG_FOR_INTS);

    private Functions() {}

    static Object call(String name, List<Object> arguments) {
        Object undecided = Undecided.of(arguments.toArray());
        if (undecided != null) {
            return undecided;
        }
        try {
            boolean isSprig = name.startsWith("sprig.");
            String function = isSprig ? name.substring("sprig.".length()) : name;
            if (isSprig && RegexFunctions.has(function) && !arguments.isEmpty()) {
                return RegexFunctions.call(function, arguments);
            }
            return switch (arguments.size()) {
                case 1 -> callWithOne(isSprig, function, arguments.get(0));
                case 2 -> callWithTwo(isSprig, function, arguments.get(0), arguments.get(1));
                case 3 -> callWithThree(isSprig, function, arguments);
                default -> Undecided.AT_RUN_TIME;
            };
        } catch (IllegalArgumentException e) {
            return Undecided.AT_RUN_TIME;
        }
    }

    private static Object callWithOne(boolean isSprig, String name, Object value) {
        String text = text(value);
        charge(text.length());
        return switch (name) {
            case "asInt", "int", "int64" ->
                value instanceof Number n ? (Object) n.longValue() : integer(isSprig, name, text);
            case "asFloat", "float", "float64" ->
                value instanceof Number n ? (Object) n.doubleValue() : decimal(isSprig, name, text);
            case "string", "toString" -> text;
            case "toJson" -> Expression.json(value);
            case "fromJson", "fromJSON" -> {
                Object json = json(text);
                yield isSprig && Undecided.is(json) ? Undecided.AT_RUN_TIME : json;
            }
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "trim" -> text.strip();
            case "quote" -> GoJson.unescaped(text);
            case "squote" -> "'" + text + "'";
            case "len" ->
                value instanceof List<?> list
                        ? (Object) (long) list.size()
                        : value instanceof Map<?, ?> map
                                ? (long) map.size()
                                : (long) text.codePointCount(0, text.length());
            case "first" -> value instanceof List<?> list && !list.isEmpty() ? list.get(0) : Undecided.AT_RUN_TIME;
            case "last" ->
                value instanceof List<?> list && !list.isEmpty() ? list.get(list.size() - 1) : Undecided.AT_RUN_TIME;
            case "reverse" -> reverse(value);
            case "empty" -> isEmpty(value);
            case "b64enc" ->
                java.util.Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            case "b64dec" ->
                new String(java.util.Base64.getDecoder().decode(text), java.nio.charset.StandardCharsets.UTF_8);
            default -> Undecided.AT_RUN_TIME;
        };
    }

    private static Object callWithTwo(boolean isSprig, String name, Object a, Object b) {
        return switch (name) {
            case "jsonpath" -> {
                Object json = json(text(a));
                yield Undecided.is(json) ? json : JsonPath.read(json, text(b));
            }
            case "trimPrefix" -> isSprig ? cutPrefix(text(b), text(a)) : cutPrefix(text(a), text(b));
            case "trimSuffix" -> isSprig ? cutSuffix(text(b), text(a)) : cutSuffix(text(a), text(b));
            case "contains" -> text(b).contains(text(a));
            case "hasPrefix" -> isSprig ? text(b).startsWith(text(a)) : text(a).startsWith(text(b));
            case "hasSuffix" -> isSprig ? text(b).endsWith(text(a)) : text(a).endsWith(text(b));
            case "default" -> isEmpty(b) ? a : b;
            case "trunc" -> truncated(text(b), Integer.parseInt(text(a)));
            case "repeat" ->
                isSprig ? repeated(text(b), Integer.parseInt(text(a))) : repeated(text(a), Integer.parseInt(text(b)));
            case "split" -> isSprig ? Undecided.AT_RUN_TIME : split(text(a), text(b));
            case "splitList" -> split(text(b), text(a));
            case "join" -> join(a, b);
            case "add" -> Operators.arithmetic("+", sprigInteger(a), sprigInteger(b));
            case "sub" -> Operators.arithmetic("-", sprigInteger(a), sprigInteger(b));
            case "mul" -> Operators.arithmetic("*", sprigInteger(a), sprigInteger(b));
            default -> Undecided.AT_RUN_TIME;
        };
    }

    /** Converts an operand of sprig's arithmetic functions. */
    private static Object sprigInteger(Object value) {
        return callWithOne(/* isSprig= */ true, "asInt", value);
    }

    private static Object callWithThree(boolean isSprig, String name, List<Object> arguments) {
        return switch (name) {
            case "replace" ->
                isSprig
                        ? replaced(text(arguments.get(2)), text(arguments.get(0)), text(arguments.get(1)))
                        : replaced(text(arguments.get(0)), text(arguments.get(1)), text(arguments.get(2)));
            case "ternary" -> Boolean.TRUE.equals(arguments.get(2)) ? arguments.get(0) : arguments.get(1);
            default -> Undecided.AT_RUN_TIME;
        };
    }

    /** Parses an integer as Go's strconv.Atoi does. A text that sprig reads as 0 is left undecided. */
    private static Object integer(boolean isSprig, String name, String text) {
        if (text.matches("[+-]?[0-9]{1,18}")) {
            return Long.valueOf(text);
        }
        boolean isNumber = text.matches("[+-]?[0-9]+");
        return isSprig || name.equals("int64") || isNumber
                ? Undecided.AT_RUN_TIME
                : Undecided.fails("invalid operation: int(", text, ")");
    }

    /**
     * Parses a number as Go's strconv.ParseFloat does. Other forms, such as infinity and hexadecimal numbers, are left
     * undecided.
     */
    private static Object decimal(boolean isSprig, String name, String text) {
        if (text.matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            return Double.valueOf(text);
        }
        boolean isOtherForm = text.matches("(?i)[+-]?(inf(inity)?|nan|0x.*)") || text.contains("_");
        return isSprig || name.equals("float64") || isOtherForm
                ? Undecided.AT_RUN_TIME
                : Undecided.fails("invalid operation: float(", text, ")");
    }

    /** Parses a text as JSON, and fails for other texts. */
    private static Object json(String text) {
        Budget.current()
                .charge(
                        Limit.NODES,
                        (long) countPlusOne(text, ",") + countPlusOne(text, "[") + countPlusOne(text, "{"));
        try {
            return JSON.readValue(text, Object.class);
        } catch (StreamConstraintsException | InputCoercionException e) {
            return Undecided
                    .AT_RUN_TIME; // InputCoercionException: a number of more than 64 bits, which Go reads as a float.
        } catch (JsonProcessingException e) {
            return Undecided.fails("not JSON: ", text, "");
        }
    }

    private static Object join(Object a, Object b) {
        List<?> list = a instanceof List<?> first ? first : b instanceof List<?> second ? second : List.of();
        String separator = a instanceof List<?> ? text(b) : text(a);
        List<String> texts = list.stream().map(Functions::text).toList();
        charge(texts.stream().mapToLong(String::length).sum() + (long) texts.size() * separator.length());
        return String.join(separator, texts);
    }

    /** Charges a text to the budget before it is created. */
    private static void charge(long length) {
        Budget.current().chargeText(length);
    }

    private static String repeated(String text, int times) {
        charge(Math.max(0, (long) text.length() * times));
        return text.repeat(times);
    }

    /**
     * Returns the first characters of a text, for a negative length the last ones. sprig counts bytes, so texts with
     * characters outside ASCII are left undecided.
     */
    private static Object truncated(String text, int length) {
        if (text.chars().anyMatch(c -> c > 127)) {
            return Undecided.AT_RUN_TIME;
        }
        if (length < 0) {
            return (long) text.length() + length > 0 ? text.substring(text.length() + length) : text;
        }
        return text.substring(0, Math.min(text.length(), length));
    }

    private static String replaced(String text, String from, String to) {
        charge(text.length() + (long) countPlusOne(text, from) * to.length());
        return text.replace(from, to);
    }

    private static List<Object> split(String text, String separator) {
        Budget.current().charge(Limit.NODES, countPlusOne(text, separator));
        return new ArrayList<>(Arrays.asList(text.split(Pattern.quote(separator), -1)));
    }

    /** Returns the number of occurrences of a part in a text, plus one. */
    private static int countPlusOne(String text, String part) {
        Budget.current().chargeRead(text.length());
        if (part.isEmpty()) {
            return text.length() + 1;
        }
        int times = 1;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            times++;
        }
        return times;
    }

    private static Object reverse(Object value) {
        if (!(value instanceof List<?> list)) {
            return Undecided.AT_RUN_TIME;
        }
        List<Object> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    private static String cutPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String cutSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    /** Returns whether a value is empty for sprig. Source: Masterminds/sprig defaults.go. */
    private static boolean isEmpty(Object value) {
        return value instanceof Number number
                ? number.doubleValue() == 0
                : Set.of("", false, List.of(), Map.of()).contains(value);
    }

    private static String text(Object value) {
        return value instanceof String text ? text : Expression.json(value);
    }
}
