package io.jenkins.plugins.argopreflight.engine.util.secret;

/**
 * A filter that masks whatever has the form of a JSON Web Token, as all tokens of ServiceAccounts have. It needs to
 * know no token, so that it also masks those that are issued later. Its time grows linearly with the length of the
 * text.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519, JSON Web Token</a>
 */
public final class TokenMask {

    /** The base64 of the start of a JSON object, up to the quote of its first name. */
    private static final String HEADER = "eyJ";

    private static final int MIN_PART_CHARACTERS = 10;

    private TokenMask() {}

    /** Returns the text without tokens. */
    public static String mask(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        int shown = 0;
        int at = text.indexOf(HEADER);
        while (at >= 0) {
            int header = part(text, at);
            int end = header;
            boolean token = header - at >= MIN_PART_CHARACTERS;
            for (int parts = 0; token && parts < 2; parts++) {
                token = end < text.length() && text.charAt(end) == '.';
                int next = token ? part(text, end + 1) : end;
                token &= next - end > MIN_PART_CHARACTERS;
                end = next;
            }
            if (token) {
                masked.append(text, shown, at).append(SecretMask.MASK);
                shown = end;
                at = text.indexOf(HEADER, end);
            } else {
                // A part between here and the end of the first one does not begin a token either.
                at = text.indexOf(HEADER, Math.max(header, at + 1));
            }
        }
        return masked.append(text, shown, text.length()).toString();
    }

    /** Returns the index after the part that begins here. */
    private static int part(String text, int from) {
        int end = from;
        while (end < text.length() && isBase64(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isBase64(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }
}
