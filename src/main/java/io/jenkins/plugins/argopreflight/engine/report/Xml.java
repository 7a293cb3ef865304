package io.jenkins.plugins.argopreflight.engine.report;

/** Text as XML and HTML may hold it. */
final class Xml {

    private Xml() {}

    /** For element content and attributes: characters that XML 1.0 does not allow are left out. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().filter(Xml::isAllowed).forEach(point -> {
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
    static String line(String text) {
        return escape(Clean.line(text));
    }

    /** @see <a href="https://www.w3.org/TR/xml/#charsets">Characters</a>; the C1 controls are left out as well */
    private static boolean isAllowed(int point) {
        return point == '\t'
                || point == '\n'
                || point >= 0x20 && point < 0x7f
                || point >= 0xa0 && point <= 0xd7ff
                || point >= 0xe000 && point <= 0xfffd
                || point >= 0x10000 && point <= 0x10ffff;
    }
}
