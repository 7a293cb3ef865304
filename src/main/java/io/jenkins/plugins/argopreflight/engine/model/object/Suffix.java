package io.jenkins.plugins.argopreflight.engine.model.object;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The suffix of a quantity, after its digits.
 *
 * @param exponent the exponent of ten, or of two if the format is binary
 */
record Suffix(Format format, int exponent) {

    /** The format in which a quantity was read, and is written. */
    enum Format {
        /** {@code 500m}, {@code 2G}. */
        DECIMAL_SI,
        /** {@code 12e6}. */
        DECIMAL_EXPONENT,
        /** {@code 2Gi}. */
        BINARY_SI
    }

    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final List<String> BINARY = List.of("Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

    static Optional<Suffix> parse(String text) {
        if (DECIMAL.contains(text)) {
            return Optional.of(new Suffix(Format.DECIMAL_SI, DECIMAL.indexOf(text) * 3 - 9));
        }
        if (BINARY.contains(text)) {
            return Optional.of(new Suffix(Format.BINARY_SI, (BINARY.indexOf(text) + 1) * 10));
        }
        return text.matches("[eE][-+]?[0-9]{1,4}")
                ? Optional.of(new Suffix(Format.DECIMAL_EXPONENT, Integer.parseInt(text.substring(1))))
                : Optional.empty();
    }

    BigDecimal scale(BigDecimal digits) {
        return format == Format.BINARY_SI
                ? digits.multiply(BigDecimal.valueOf(1L << exponent))
                : digits.scaleByPowerOfTen(exponent);
    }

    /** Returns the suffix for an exponent of ten as Kubernetes writes it; "" for an exponent beyond E. */
    static String decimal(int exponent, Format format) {
        if (format == Format.DECIMAL_EXPONENT) {
            return exponent == 0 ? "" : "e" + exponent;
        }
        int index = exponent / 3 + 3;
        return index >= 0 && index < DECIMAL.size() ? DECIMAL.get(index) : "";
    }

    /** Returns the suffix for an exponent of two, such as {@code Ki} for 10; "" if there is none. */
    static String binary(int exponent) {
        int index = exponent / 10 - 1;
        return index >= 0 && index < BINARY.size() ? BINARY.get(index) : "";
    }
}
