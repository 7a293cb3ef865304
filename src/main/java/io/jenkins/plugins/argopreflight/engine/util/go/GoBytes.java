package io.jenkins.plugins.argopreflight.engine.util.go;

import java.nio.charset.StandardCharsets;

/**
 * Strings of bytes, as Go's strings are: each char of such a string is one byte (0–255), so that prefixes, order and
 * percent escapes are the same as in the kubelet.
 */
public final class GoBytes {

    private static final char REPLACEMENT = '\uFFFD';
    /** The smallest code point that needs an encoding of this many bytes. */
    private static final int[] SMALLEST = {0, 0, 0x80, 0x800, 0x10000};

    private GoBytes() {}

    /** Returns the UTF-8 bytes of a text. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Returns the text as Go reads it: each byte that is not UTF-8 becomes one U+FFFD. */
    public static String text(String bytes) {
        StringBuilder text = new StringBuilder(bytes.length());
        for (int i = 0; i < bytes.length(); i += width(bytes, i)) {
            int rune = runeAt(bytes, i);
            text.appendCodePoint(rune < 0 ? REPLACEMENT : rune);
        }
        return text.toString();
    }

    /** Returns the character at a position; -1 if the bytes there are not UTF-8. */
    public static int runeAt(String bytes, int i) {
        int first = bytes.charAt(i);
        int length = length(first);
        if (length == 1) {
            return first;
        }
        if (length == 0 || i + length > bytes.length()) {
            return -1;
        }
        int rune = first & (0x7F >> length);
        for (int k = i + 1; k < i + length; k++) {
            if ((bytes.charAt(k) & 0xC0) != 0x80) {
                return -1;
            }
            rune = rune << 6 | bytes.charAt(k) & 0x3F;
        }
        boolean valid = rune >= SMALLEST[length] && rune <= Character.MAX_CODE_POINT && !surrogate(rune);
        return valid ? rune : -1;
    }

    /** Returns the number of bytes of the character at a position; 1 if they are not UTF-8. */
    public static int width(String bytes, int i) {
        return runeAt(bytes, i) < 0 ? 1 : length(bytes.charAt(i));
    }

    private static int length(int first) {
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xC0 || first > 0xF7) {
            return 0;
        }
        return first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    }

    private static boolean surrogate(int rune) {
        return rune >= Character.MIN_SURROGATE && rune <= Character.MAX_SURROGATE;
    }
}
