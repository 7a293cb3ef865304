package io.jenkins.plugins.argopreflight.engine.util.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A parser of plain scalars that follows Kubernetes: YAML 1.1 as implemented by <a
 * href="https://github.com/yaml/go-yaml/blob/v2.4.2/resolve.go">go-yaml v2</a> through sigs.k8s.io/yaml. {@code y},
 * {@code yes} and {@code on} are booleans, {@code 0777} is octal, dates and {@code 1:30} stay strings.
 */
public final class Scalars {

    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> NOT_JSON = Set.of(
            ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private Scalars() {}

    /** Returns whether a scalar without quotes is read as true or false, and is neither of these words. */
    static boolean isBooleanWord(String text) {
        return (TRUE.contains(text) || FALSE.contains(text))
                && !text.equalsIgnoreCase("true")
                && !text.equalsIgnoreCase("false");
    }

    /**
     * Returns the value of a scalar without quotes.
     *
     * @throws IllegalArgumentException for a number that JSON does not support
     */
    public static JsonNode plain(String text) {
        if (NULL.contains(text)) {
            return NullNode.getInstance();
        }
        if (TRUE.contains(text)) {
            return BooleanNode.TRUE;
        }
        if (FALSE.contains(text)) {
            return BooleanNode.FALSE;
        }
        if (NOT_JSON.contains(text)) {
            throw new IllegalArgumentException("the number " + text + " cannot be written in JSON; put it in quotes");
        }
        char first = text.charAt(0);
        if (first != '.' && first != '-' && first != '+' && (first < '0' || first > '9')) {
            return TextNode.valueOf(text);
        }
        String digits = text.replace("_", "");
        Optional<JsonNode> number = integer(digits);
        if (number.isEmpty() && FLOAT.matcher(digits).matches() && digits.length() < 100) {
            number = Optional.of(decimal(digits));
        }
        return number.orElseGet(() -> TextNode.valueOf(text));
    }

    private static Optional<JsonNode> integer(String text) {
        boolean isSigned = text.startsWith("-") || text.startsWith("+");
        String digits = isSigned ? text.substring(1) : text;
        int radix = 10;
        int prefixLength = 0;
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            switch (digits.charAt(1)) {
                case 'x', 'X' -> {
                    radix = 16;
                    prefixLength = 2;
                }
                case 'b', 'B' -> {
                    radix = 2;
                    prefixLength = 2;
                }
                case 'o', 'O' -> {
                    radix = 8;
                    prefixLength = 2;
                }
                default -> {
                    radix = 8;
                    prefixLength = 1;
                }
            }
        }
        digits = digits.substring(prefixLength);
        if (digits.isEmpty() || digits.length() > 70 || !areDigits(digits, radix)) {
            return Optional.empty();
        }
        BigInteger value = new BigInteger(digits, radix);
        value = text.startsWith("-") ? value.negate() : value;
        if (value.compareTo(MIN) < 0 || value.compareTo(MAX) > 0) {
            return Optional.empty();
        }
        return Optional.of(
                value.bitLength() < 64
                        ? JsonNodeFactory.instance.numberNode(value.longValueExact())
                        : JsonNodeFactory.instance.numberNode(value));
    }

    /** Returns whether all characters are ASCII digits of the radix, as in Go. */
    private static boolean areDigits(String text, int radix) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), radix) < 0) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode decimal(String digits) {
        double value = Double.parseDouble(digits);
        if (Double.isInfinite(value)) {
            return TextNode.valueOf(digits);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return JsonNodeFactory.instance.numberNode((long) value);
        }
        return JsonNodeFactory.instance.numberNode(BigDecimal.valueOf(value));
    }
}
