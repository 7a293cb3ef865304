package io.jenkins.plugins.argopreflight.engine.util.go;

/** The reading of field names and strings in Go's encoding/json. */
public final class GoNames {

    private GoNames() {}

    /** Returns whether Go matches a name with a field: case does not count, under Unicode's simple folding. */
    public static boolean same(String name, String field) {
        if (name.length() != field.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (fold(name.charAt(i)) != fold(field.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Returns the value of a string; half a surrogate pair becomes U+FFFD. */
    public static String text(String json) {
        if (json.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return json;
        }
        StringBuilder text = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            text.appendCodePoint(half ? '\uFFFD' : c);
        });
        return text.toString();
    }

    private static char fold(char c) {
        // Unicode folds the long s and the Kelvin sign to these letters.
        if (c == '\u017F') {
            return 's';
        }
        if (c == '\u212A') {
            return 'k';
        }
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}
