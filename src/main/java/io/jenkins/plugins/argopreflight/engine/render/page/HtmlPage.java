package io.jenkins.plugins.argopreflight.engine.render.page;

import io.jenkins.plugins.argopreflight.engine.render.NameList;
import io.jenkins.plugins.argopreflight.engine.render.Xml;
import java.util.List;
import java.util.stream.Collectors;

/** A writer of HTML that is also well-formed XML. It escapes all texts. */
final class HtmlPage {

    private final StringBuilder out = new StringBuilder();

    HtmlPage(String title, String style) {
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        out.append("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
        out.append("<title>").append(Xml.line(title)).append("</title>\n");
        out.append("<style>\n").append(style).append("</style>\n</head>\n<body>\n");
    }

    HtmlPage open(String element, String cssClass) {
        out.append('<').append(element).append(attribute("class", cssClass)).append(">\n");
        return this;
    }

    HtmlPage open(String element, String cssClass, String id) {
        out.append('<').append(element).append(attribute("class", cssClass));
        out.append(attribute("id", id)).append(">\n");
        return this;
    }

    HtmlPage close(String element) {
        out.append("</").append(element).append(">\n");
        return this;
    }

    HtmlPage text(String element, String text) {
        return text(element, "", text);
    }

    HtmlPage text(String element, String cssClass, String text) {
        out.append('<').append(element).append(attribute("class", cssClass)).append('>');
        out.append(Xml.line(text)).append("</").append(element).append(">\n");
        return this;
    }

    /** Adds a link, or only its text if the address is not an https URL. */
    HtmlPage link(String address, String text) {
        if (!address.startsWith("https://")) {
            return text("span", text);
        }
        out.append("<a href=\"").append(Xml.line(address)).append("\">").append(Xml.line(text));
        out.append("</a>\n");
        return this;
    }

    /** Adds lines to copy, such as commands. A long text is folded after its first lines. */
    HtmlPage block(String lines) {
        Fold fold = Fold.of(lines);
        if (fold.isFolded()) {
            out.append("<details class=\"fold\">\n<summary><code>")
                    .append(clean(fold.head()))
                    .append("</code>");
            text("span", "▸ " + NameList.count(fold.more(), "more line"));
            out.append("</summary>\n<pre><code>").append(clean(fold.rest())).append("</code></pre>\n</details>\n");
        } else {
            out.append("<pre><code>").append(clean(lines)).append("</code></pre>\n");
        }
        return this;
    }

    private static String clean(String lines) {
        return lines.lines().map(Xml::line).collect(Collectors.joining("\n"));
    }

    void table(String caption, String... headings) {
        out.append("<section>\n<h2>").append(Xml.line(caption)).append("</h2>\n<div class=\"wide\">\n<table>\n");
        out.append("<caption>").append(Xml.line(caption)).append("</caption>\n<thead><tr>");
        for (String heading : headings) {
            out.append("<th scope=\"col\">").append(Xml.line(heading)).append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
    }

    /** Adds a row with a cell for each list, whose texts are below each other. */
    @SafeVarargs
    final void row(String cssClass, List<String>... cells) {
        out.append("<tr").append(attribute("class", cssClass)).append('>');
        for (List<String> cell : cells) {
            out.append("<td>");
            out.append(cell.stream().map(Xml::line).collect(Collectors.joining("<br/>")));
            out.append("</td>");
        }
        out.append("</tr>\n");
    }

    void endTable() {
        out.append("</tbody>\n</table>\n</div>\n</section>\n");
    }

    String end() {
        return out.append("</body>\n</html>\n").toString();
    }

    private static String attribute(String name, String value) {
        return value.isEmpty() ? "" : " " + name + "=\"" + Xml.line(value) + "\"";
    }
}
