package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.util.text.Visible;

/** Escapes for XML and HTML. */
public final class Xml {

    private Xml() {}

    /**
     * Escapes a text for element content and attributes. Characters that XML 1.0 does not allow, and invisible ones,
     * become visible.
     */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        visible(text).codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }

    /** Escapes a text for an attribute, in one line. */
    public static String line(String text) {
        return escape(Visible.line(text));
    }

    /**
     * Makes the characters of a text visible, except line breaks and tabs. U+FFFE and U+FFFF, which XML does not allow,
     * are left out.
     */
    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '\n' || text.charAt(i) == '\t') {
                visible.append(Visible.line(text.substring(start, i)));
                visible.append(text, i, Math.min(i + 1, text.length()));
                start = i + 1;
            }
        }
        return visible.toString().replaceAll("[\ufffe\uffff]", "");
    }
}
