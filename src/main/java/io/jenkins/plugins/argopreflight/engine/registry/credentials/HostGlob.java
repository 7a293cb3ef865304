package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.util.go.GoBytes;

/**
 * A comparison of one dot-separated label of a key with one label of an image's host, by the rules of Go's
 * <a href="https://pkg.go.dev/path/filepath#Match">filepath.Match</a>: case-sensitive, with {@code *} and
 * {@code [a-z]}. A malformed pattern matches nothing.
 */
final class HostGlob {

    private final String pattern;
    private final String label;
    private int end;

    private HostGlob(String pattern, String label) {
        this.pattern = pattern;
        this.label = label;
    }

    /** Returns whether a pattern matches a label. Each char of both is a byte, see {@link GoBytes}. */
    static boolean matches(String pattern, String label) {
        return new HostGlob(pattern, label).matches();
    }

    private boolean matches() {
        int p = 0;
        int l = 0;
        int star = -1;
        int taken = 0;
        while (l < label.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                taken = l;
            } else if (p < pattern.length() && matchesElement(p, l)) {
                p = end;
                l++;
            } else if (star >= 0) {
                // The last star takes one more char.
                p = star + 1;
                l = ++taken;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /**
     * Returns whether the pattern's element at p matches the char at l, and sets {@link #end} to the index after the
     * element.
     */
    private boolean matchesElement(int p, int l) {
        end = p + 1;
        return pattern.charAt(p) == '[' ? isInClass(p + 1, label.charAt(l)) : pattern.charAt(p) == label.charAt(l);
    }

    /** Returns whether a char is in the class whose first char is at an index, and sets {@link #end} after its "]". */
    private boolean isInClass(int start, int c) {
        int p = start;
        boolean found = false;
        while (p < pattern.length() && (p == start || pattern.charAt(p) != ']')) {
            int low = rangeEnd(p);
            p += low < 0 ? 0 : GoBytes.width(pattern, p);
            int high = low;
            if (low >= 0 && p < pattern.length() && pattern.charAt(p) == '-') {
                high = p + 1 < pattern.length() ? rangeEnd(p + 1) : -1;
                p += high < 0 ? 0 : 1 + GoBytes.width(pattern, p + 1);
            }
            if (low < 0 || high < 0) {
                return false;
            }
            found |= low <= c && c <= high;
        }
        end = p + 1;
        return found && p < pattern.length();
    }

    /** Returns the code point at an index, as an end of a range; -1 if it cannot be one. */
    private int rangeEnd(int p) {
        char c = pattern.charAt(p);
        return c == '-' || c == ']' ? -1 : GoBytes.runeAt(pattern, p);
    }
}
