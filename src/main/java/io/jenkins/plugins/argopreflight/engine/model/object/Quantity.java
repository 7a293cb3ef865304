package io.jenkins.plugins.argopreflight.engine.model.object;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of a resource that is read, added, rounded and written as Kubernetes does; source: k8s.io/apimachinery
 * pkg/api/resource/quantity.go.
 */
public final class Quantity implements Comparable<Quantity> {

    private static final Pattern SYNTAX =
            Pattern.compile("([+-]?+)0*+([0-9]*+)(?:\\.([0-9]*+))?+([eEinumkKMGTP]*+[-+]?+[0-9]*+)");
    private static final BigDecimal MAX = new BigDecimal(BigInteger.valueOf(Long.MAX_VALUE));
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    /** The maximum length of a text, since the time to read digits grows with the square of their number. */
    private static final int MAX_CHARACTERS = 1_000;

    private static final int MILLI = 3;
    private static final int NANO = 9;

    private final BigDecimal amount;
    private final Suffix.Format format;
    private final String written;

    /**
     * Creates a quantity.
     *
     * @param written the text of the user, if Kubernetes keeps it; "" if Kubernetes writes the amount in its own form
     */
    private Quantity(BigDecimal amount, Suffix.Format format, String written) {
        this.amount = amount;
        this.format = format;
        this.written = written;
    }

    public static Quantity of(long amount) {
        return new Quantity(BigDecimal.valueOf(amount), Suffix.Format.DECIMAL_SI, "");
    }

    /** Reads a quantity in JSON, which is text or a number. */
    public static Quantity of(JsonNode value) {
        return value.isNull() ? of(0) : parse(value.asText().trim());
    }

    /** Reads a quantity; empty for an invalid one. */
    public static Optional<Quantity> read(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a quantity.
     *
     * @throws IllegalArgumentException with the message of Kubernetes
     */
    public static Quantity parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("a quantity of " + text.length() + " characters is not read");
        }
        Matcher parts = SYNTAX.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException(
                    "quantities must match the regular expression" + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        String whole = parts.group(2).isEmpty() ? "0" : parts.group(2);
        String fraction = parts.group(3) == null ? "" : parts.group(3);
        Suffix suffix = Suffix.parse(parts.group(4))
                .orElseThrow(() -> new IllegalArgumentException("unable to parse quantity's suffix"));
        BigDecimal digits = new BigDecimal(whole + "." + fraction + "0");
        BigDecimal amount = suffix.scale(digits);
        Suffix.Format format = suffix.format();
        String written = "";
        if (isPlain(whole, fraction, suffix)) {
            written = isCanonical(whole + fraction, fraction.length(), suffix) ? text : "";
        } else if (text.substring(0, parts.start(4)).chars().noneMatch(Character::isDigit)) {
            throw new IllegalArgumentException("unable to parse numeric part of quantity");
        } else {
            amount = round(amount, NANO);
            if (format == Suffix.Format.BINARY_SI) {
                amount = amount.min(MAX);
                boolean fractional = amount.signum() > 0 && amount.compareTo(BigDecimal.ONE) < 0;
                format = fractional ? Suffix.Format.DECIMAL_SI : format;
            }
        }
        return new Quantity(parts.group(1).equals("-") ? amount.negate() : amount, format, written);
    }

    /**
     * Returns whether a quantity fits into 64 bits and nine decimals. Kubernetes keeps only such a quantity as it was
     * written.
     */
    private static boolean isPlain(String whole, String fraction, Suffix suffix) {
        // A number of 18 decimal digits fits into 64 bits.
        int precision = 18 - whole.length() - fraction.length();
        int scale = suffix.exponent() - fraction.length();
        if (suffix.format() == Suffix.Format.BINARY_SI) {
            precision = fraction.isEmpty() ? 14 - whole.length() - suffix.exponent() * 3 / 10 : -1;
            scale = 0;
        }
        return precision >= 0 && scale >= -NANO;
    }

    /** Returns whether Kubernetes would write the quantity with the same digits and suffix. */
    private static boolean isCanonical(String digits, int decimals, Suffix suffix) {
        if (suffix.format() == Suffix.Format.BINARY_SI) {
            return (Long.parseLong(digits) & 7) != 0;
        }
        return (suffix.exponent() - decimals) % 3 == 0 && !digits.endsWith("000") && digits.charAt(0) != '0';
    }

    public Quantity plus(Quantity other) {
        return new Quantity(amount.add(other.amount), isZero() ? other.format : format, "");
    }

    public Quantity times(long number) {
        return new Quantity(amount.multiply(BigDecimal.valueOf(number)), format, "");
    }

    /**
     * Returns the quotient, rounded up.
     *
     * @param whole whether the result has whole units, or else thousandths
     */
    public Quantity dividedBy(Quantity divisor, boolean whole) {
        int decimals = whole ? 0 : MILLI;
        return new Quantity(amount.divide(divisor.amount, decimals, RoundingMode.UP), format, "");
    }

    /** Returns the amount that a pod gets, which is rounded up to thousandths. */
    public Quantity roundedToMilli() {
        BigDecimal rounded = round(amount, MILLI);
        return rounded.compareTo(amount) == 0 ? this : new Quantity(rounded, format, "");
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    /** Returns -1, 0 or 1. */
    public int signum() {
        return amount.signum();
    }

    /** Returns the amount in whole units, rounded up; 0 if it does not fit into 64 bits, as in Kubernetes. */
    public long value() {
        return asLong(round(amount, 0));
    }

    /** Returns the amount in thousandths, rounded up; 0 if it does not fit into 64 bits. */
    public long milliValue() {
        return asLong(round(amount.movePointRight(MILLI), 0));
    }

    /** Returns the exact amount, without zeros after the decimal point. */
    public BigDecimal amount() {
        BigDecimal plain = amount.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    private static long asLong(BigDecimal whole) {
        BigInteger value = whole.toBigInteger();
        return value.bitLength() > 63 ? 0 : value.longValue();
    }

    private static BigDecimal round(BigDecimal amount, int decimals) {
        return amount.scale() > decimals ? amount.setScale(decimals, RoundingMode.UP) : amount;
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity quantity && compareTo(quantity) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }

    /** Returns the canonical form: {@code 1536Mi}, {@code 500m}, {@code 1e3}. */
    @Override
    public String toString() {
        if (!written.isEmpty()) {
            return written;
        }
        if (isZero()) {
            return "0";
        }
        boolean isBelowKibi = amount.abs().compareTo(KIBI) < 0;
        if (format == Suffix.Format.BINARY_SI
                && !isBelowKibi
                && round(amount, 0).compareTo(amount) == 0) {
            return binary();
        }
        BigDecimal digits = amount.stripTrailingZeros();
        int exponent = Math.floorDiv(-digits.scale(), 3) * 3;
        String mantissa = digits.movePointLeft(exponent).toBigIntegerExact().toString();
        return mantissa + Suffix.decimal(exponent, format);
    }

    private String binary() {
        BigInteger value = amount.toBigIntegerExact();
        int exponent = 0;
        while (value.getLowestSetBit() >= 10) {
            value = value.shiftRight(10);
            exponent += 10;
        }
        return value + Suffix.binary(exponent);
    }
}
