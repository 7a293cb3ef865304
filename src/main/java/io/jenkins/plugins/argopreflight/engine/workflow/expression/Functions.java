package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.kube.UntrustedJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The functions that expressions call most: Argo's asInt, asFloat, string, toJson and jsonpath, and sprig's for texts.
 * Any other is left undecided. Source: argo-workflows util/expr/env/env.go.
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
            boolean sprig = name.startsWith("sprig.");
            String function = sprig ? name.substring("sprig.".length()) : name;
            if (sprig && RegexFunctions.has(function) && !arguments.isEmpty()) {
                return RegexFunctions.call(function, arguments);
            }
            return switch (arguments.size()) {
                case 1 -> one(sprig, function, arguments.get(0));
                case 2 -> two(sprig, function, arguments.get(0), arguments.get(1));
                case 3 -> three(sprig, function, arguments);
                default -> Undecided.LATER;
            };
        } catch (IllegalArgumentException e) {
            return Undecided.LATER;
        }
    }

    private static Object one(boolean sprig, String name, Object value) {
        String text = text(value);
        made(text.length());
        return switch (name) {
            case "asInt", "int", "int64" ->
                value instanceof Number n ? (Object) n.longValue() : whole(sprig, name, text);
            case "asFloat", "float", "float64" ->
                value instanceof Number n ? (Object) n.doubleValue() : decimal(sprig, name, text);
            case "string", "toString" -> text;
            case "toJson" -> Expression.json(value);
            case "fromJson", "fromJSON" -> {
                Object json = json(text);
                yield sprig && Undecided.is(json) ? Undecided.LATER : json;
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
            case "first" -> value instanceof List<?> list && !list.isEmpty() ? list.get(0) : Undecided.LATER;
            case "last" ->
                value instanceof List<?> list && !list.isEmpty() ? list.get(list.size() - 1) : Undecided.LATER;
            case "reverse" -> reverse(value);
            case "empty" -> isEmpty(value);
            case "b64enc" ->
                java.util.Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            case "b64dec" ->
                new String(java.util.Base64.getDecoder().decode(text), java.nio.charset.StandardCharsets.UTF_8);
            default -> Undecided.LATER;
        };
    }

    private static Object two(boolean sprig, String name, Object a, Object b) {
        return switch (name) {
            case "jsonpath" -> {
                Object json = json(text(a));
                yield Undecided.is(json) ? json : JsonPath.read(json, text(b));
            }
            case "trimPrefix" -> sprig ? cutPrefix(text(b), text(a)) : cutPrefix(text(a), text(b));
            case "trimSuffix" -> sprig ? cutSuffix(text(b), text(a)) : cutSuffix(text(a), text(b));
            case "contains" -> text(b).contains(text(a));
            case "hasPrefix" -> sprig ? text(b).startsWith(text(a)) : text(a).startsWith(text(b));
            case "hasSuffix" -> sprig ? text(b).endsWith(text(a)) : text(a).endsWith(text(b));
            case "default" -> isEmpty(b) ? a : b;
            case "trunc" -> truncated(text(b), Integer.parseInt(text(a)));
            case "repeat" ->
                sprig ? repeated(text(b), Integer.parseInt(text(a))) : repeated(text(a), Integer.parseInt(text(b)));
            case "split" -> sprig ? Undecided.LATER : split(text(a), text(b));
            case "splitList" -> split(text(b), text(a));
            case "join" -> join(a, b);
            case "add" -> Operators.arithmetic("+", one(true, "asInt", a), one(true, "asInt", b));
            case "sub" -> Operators.arithmetic("-", one(true, "asInt", a), one(true, "asInt", b));
            case "mul" -> Operators.arithmetic("*", one(true, "asInt", a), one(true, "asInt", b));
            default -> Undecided.LATER;
        };
    }

    private static Object three(boolean sprig, String name, List<Object> all) {
        return switch (name) {
            case "replace" ->
                sprig
                        ? replaced(text(all.get(2)), text(all.get(0)), text(all.get(1)))
                        : replaced(text(all.get(0)), text(all.get(1)), text(all.get(2)));
            case "ternary" -> Boolean.TRUE.equals(all.get(2)) ? all.get(0) : all.get(1);
            default -> Undecided.LATER;
        };
    }

    /** As Go's strconv.Atoi; what sprig reads as 0 is left undecided. */
    private static Object whole(boolean sprig, String name, String text) {
        if (text.matches("[+-]?[0-9]{1,18}")) {
            return Long.valueOf(text);
        }
        boolean number = text.matches("[+-]?[0-9]+");
        return sprig || name.equals("int64") || number
                ? Undecided.LATER
                : Undecided.fails("invalid operation: int(", text, ")");
    }

    /** As Go's strconv.ParseFloat; its other forms, such as infinity and hexadecimal ones, are left undecided. */
    private static Object decimal(boolean sprig, String name, String text) {
        if (text.matches("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
            return Double.valueOf(text);
        }
        boolean other = text.matches("(?i)[+-]?(inf(inity)?|nan|0x.*)") || text.contains("_");
        return sprig || name.equals("float64") || other
                ? Undecided.LATER
                : Undecided.fails("invalid operation: float(", text, ")");
    }

    /** What a text holds; anything but JSON fails. */
    private static Object json(String text) {
        Budget.current().charge(Limit.NODES, (long) times(text, ",") + times(text, "[") + times(text, "{"));
        try {
            return JSON.readValue(text, Object.class);
        } catch (StreamConstraintsException | InputCoercionException e) {
            return Undecided.LATER; // The second is a number of more than 64 bits, which Go reads as a float.
        } catch (JsonProcessingException e) {
            return Undecided.fails("not JSON: ", text, "");
        }
    }

    private static Object join(Object a, Object b) {
        List<?> list = a instanceof List<?> first ? first : b instanceof List<?> second ? second : List.of();
        String between = a instanceof List<?> ? text(b) : text(a);
        List<String> texts = list.stream().map(Functions::text).toList();
        made(texts.stream().mapToLong(String::length).sum() + (long) texts.size() * between.length());
        return String.join(between, texts);
    }

    /** Charges a text before it is made. */
    private static void made(long length) {
        Budget.current().text(length);
    }

    private static String repeated(String text, int times) {
        made(Math.max(0, (long) text.length() * times));
        return text.repeat(times);
    }

    /** Of a negative number, so many from the end; sprig counts bytes, and here they are characters of ASCII. */
    private static Object truncated(String text, int length) {
        if (text.chars().anyMatch(c -> c > 127)) {
            return Undecided.LATER;
        }
        if (length < 0) {
            return (long) text.length() + length > 0 ? text.substring(text.length() + length) : text;
        }
        return text.substring(0, Math.min(text.length(), length));
    }

    private static String replaced(String text, String from, String to) {
        made(text.length() + (long) times(text, from) * to.length());
        return text.replace(from, to);
    }

    private static List<Object> split(String text, String by) {
        Budget.current().charge(Limit.NODES, times(text, by));
        return new ArrayList<>(Arrays.asList(text.split(Pattern.quote(by), -1)));
    }

    /** How often a text occurs in another, plus one. */
    private static int times(String text, String part) {
        Budget.current().read(text.length());
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
            return Undecided.LATER;
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

    /** Source: Masterminds/sprig defaults.go. */
    private static boolean isEmpty(Object value) {
        return value instanceof Number number
                ? number.doubleValue() == 0
                : Set.of("", false, List.of(), Map.of()).contains(value);
    }

    private static String text(Object value) {
        return value instanceof String text ? text : Expression.json(value);
    }
}
