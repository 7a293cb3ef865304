package io.jenkins.plugins.argopreflight.engine.util.go;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A decoder of base64 as in Go's <a href="https://pkg.go.dev/encoding/base64">encoding/base64</a>: line breaks are
 * skipped, left-over bits are ignored, and an error has the index of the byte.
 */
public final class GoBase64 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final Pattern PADDED = Pattern.compile("=[\\t-\\r \\x85\\xA0\\p{Z}]*\\z");

    private final String source;
    private final boolean padded;
    private final StringBuilder decoded = new StringBuilder();
    private int next;

    private GoBase64(String source, boolean padded) {
        this.source = source;
        this.padded = padded;
    }

    /**
     * Decodes as the kubelet does: padded if the text ends in "=", or else unpadded.
     *
     * @return bytes, see {@link GoBytes}
     * @throws CorruptException with Go's message
     */
    public static String decode(String text) throws CorruptException {
        return new GoBase64(GoBytes.of(text), PADDED.matcher(text).find()).all();
    }

    private String all() throws CorruptException {
        while (quantum()) {
            // The condition adds the decoded bytes.
        }
        return decoded.toString();
    }

    /** Decodes up to four digits, and returns whether more can follow. */
    private boolean quantum() throws CorruptException {
        int bits = 0;
        for (int digits = 0; digits < 4; digits++) {
            skipLineBreaks();
            if (next == source.length()) {
                return atEnd(bits, digits);
            }
            char in = source.charAt(next++);
            int value = ALPHABET.indexOf(in);
            if (value < 0) {
                if (in != '=' || !padded || digits < 2) {
                    throw new CorruptException(next - 1);
                }
                padding(digits);
                emit(bits, digits);
                return false;
            }
            bits |= value << 18 - 6 * digits;
        }
        emit(bits, 4);
        return true;
    }

    /** Decodes the digits before an end without padding. Returns false, since no more follow. */
    private boolean atEnd(int bits, int digits) throws CorruptException {
        if (digits == 1 || digits > 0 && padded) {
            throw new CorruptException(next - digits);
        }
        emit(bits, digits);
        return false;
    }

    private void padding(int digits) throws CorruptException {
        if (digits == 2) {
            skipLineBreaks();
            if (next == source.length()) {
                throw new CorruptException(next);
            }
            if (source.charAt(next) != '=') {
                throw new CorruptException(next - 1);
            }
            next++;
        }
        skipLineBreaks();
        if (next < source.length()) {
            throw new CorruptException(next);
        }
    }

    private void emit(int bits, int digits) {
        for (int i = 0; i < digits - 1; i++) {
            decoded.append((char) (bits >> 16 - 8 * i & 0xFF));
        }
    }

    private void skipLineBreaks() {
        while (next < source.length() && (source.charAt(next) == '\n' || source.charAt(next) == '\r')) {
            next++;
        }
    }

    /** The error for a text that is not base64. */
    public static final class CorruptException extends Exception {
        private static final long serialVersionUID = 1L;

        CorruptException(int at) {
            super("illegal base64 data at input byte " + at);
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }
}
