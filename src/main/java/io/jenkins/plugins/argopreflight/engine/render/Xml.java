package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.fix.Visible;

/** Text as XML and HTML can hold it. */
public final class Xml {

    private Xml() {}

    /** For element content and attributes: what XML 1.0 does not allow, and what hides, becomes visible. */
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

    /** For an attribute, in one line. */
    public static String line(String text) {
        return escape(Visible.line(text));
    }

    /** Line breaks and tabs stay; what is no character in XML is none of Unicode either, and left out. */
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
