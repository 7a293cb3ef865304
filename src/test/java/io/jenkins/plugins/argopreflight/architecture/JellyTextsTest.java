package io.jenkins.plugins.argopreflight.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.JavaText;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/**
 * Texts of pages come from the bundle beside each {@code NAME.jelly}, so that a {@code NAME_de.properties} translates
 * them. Stapler shows the key itself where the bundle has no entry, and formats each entry by {@link MessageFormat}.
 */
class JellyTextsTest {

    /** The description of the plugin: the update site shows its source. Its translations are index_de.jelly and so on. */
    private static final Path DESCRIPTION = ProjectRoot.path().resolve("src/main/resources/index.jelly");
    /** Attributes that a reader sees or hears, of HTML and of Jenkins' tags. */
    private static final Set<String> VISIBLE = Set.of(
            "add",
            "alt",
            "aria-description",
            "aria-label",
            "caption",
            "confirm",
            "description",
            "header",
            "label",
            "message",
            "placeholder",
            "progress",
            "title",
            "tooltip");

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^}]*)}");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
    private static final Pattern LETTERS = Pattern.compile("\\p{L}");
    private static final Pattern LOCALE = Pattern.compile("(_[a-z]{2}(_[A-Z]{2})?)?\\.properties$");

    static List<Path> pages() throws IOException {
        return RepositoryTest.files("src/main/resources", ".jelly").stream()
                .filter(file -> !file.equals(DESCRIPTION))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldTakeEachTextFromTheBundle(Path page) throws Exception {
        Path bundle = Path.of(page.toString().replaceAll("\\.jelly$", ".properties"));
        assertThat(problems(Files.readString(page), Files.exists(bundle) ? Files.readString(bundle) : ""))
                .isEmpty();
    }

    @Test
    void shouldHaveAPageForEachBundle() throws IOException {
        assertThat(pages()).hasSizeGreaterThan(40);
        assertThat(RepositoryTest.files("src/main/resources", ".properties"))
                .filteredOn(file -> !file.getFileName().toString().startsWith("Messages"))
                .hasSizeGreaterThan(20)
                .allSatisfy(file -> assertThat(
                                Path.of(LOCALE.matcher(file.toString()).replaceFirst(".jelly")))
                        .exists());
    }

    @Test
    void shouldHaveNoTextInScripts() throws IOException {
        for (Path script : RepositoryTest.files("src/main/resources", ".js")) {
            assertThat(JavaText.strings(Files.readString(script)))
                    .extracting(JavaText::text)
                    .noneMatch(text -> text.matches(".*\\p{L} \\p{L}.*"));
        }
    }

    @Test
    void shouldFindEachTextThatCannotBeTranslated() throws Exception {
        String page = """
            <j:jelly xmlns:j="jelly:core" xmlns:f="/lib/form">
              <f:entry title="Name" description="${%name.description}" field="name">
                <f:textbox default="this is no text of a page" />
              </f:entry>
              <p aria-label="${%of(it.name())}">Seen ${it.count()} times, ${it.last()}</p>
              <p>${it.isOpen() ? 'still open' : '%closed'}, ${%since(it.first(a, b), it.last())}: #${it.number()}</p>
            </j:jelly>
            """;
        String bundle = """
            of=Name of {0}
            since=Since {0}
            closed=It's closed
            other=A text of no page
            """;
        assertThat(problems(page, bundle))
                .containsExactlyInAnyOrder(
                        "literal title: Name",
                        "no entry: name.description",
                        "literal text: Seen  times,",
                        "literal in an expression: still open",
                        "arguments of since: 2, in its entry 1",
                        "apostrophe that is not doubled: closed",
                        "entry that the page does not use: other");
    }

    /** Returns the texts of a page that cannot be translated; empty if there are none. */
    private static List<String> problems(String page, String bundle) throws Exception {
        Properties entries = new Properties();
        entries.load(new StringReader(bundle));
        DocumentBuilderFactory parser = DocumentBuilderFactory.newInstance();
        parser.setNamespaceAware(true);
        parser.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        List<String> problems = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        visit(
                parser.newDocumentBuilder()
                        .parse(new InputSource(new StringReader(page)))
                        .getDocumentElement(),
                entries,
                used,
                problems);
        new TreeSet<>(entries.stringPropertyNames()).forEach(key -> {
            if (entries.getProperty(key).replace("''", "").contains("'")) {
                problems.add("apostrophe that is not doubled: " + key);
            }
            if (!used.contains(key)) {
                problems.add("entry that the page does not use: " + key);
            }
        });
        return problems;
    }

    private static void visit(Node node, Properties entries, Set<String> used, List<String> problems) {
        if (node instanceof Element element) {
            IntStream.range(0, element.getAttributes().getLength())
                    .mapToObj(i -> (Attr) element.getAttributes().item(i))
                    .forEach(attribute -> {
                        keys(attribute.getValue(), entries, used, problems);
                        if (VISIBLE.contains(attribute.getName())
                                || (element.getNodeName().equals("f:submit")
                                        && attribute.getName().equals("value"))) {
                            literals(attribute.getName(), attribute.getValue(), problems);
                        }
                    });
            for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
                visit(child, entries, used, problems);
            }
        } else if (node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE) {
            literals("text", node.getNodeValue(), problems);
            keys(node.getNodeValue(), entries, used, problems);
        }
    }

    private static void literals(String where, String value, List<String> problems) {
        String literal = EXPRESSION.matcher(value).replaceAll("").strip();
        if (LETTERS.matcher(literal).find()) {
            problems.add("literal " + where + ": " + literal);
        }
        for (MatchResult expression : EXPRESSION.matcher(value).results().toList()) {
            strings(expression.group(1))
                    .filter(text ->
                            !text.startsWith("%") && LETTERS.matcher(text).find())
                    .forEach(text -> problems.add("literal in an expression: " + text));
        }
    }

    private static Stream<String> strings(String expression) {
        return expression.startsWith("%")
                ? Stream.empty()
                : QUOTED.matcher(expression)
                        .results()
                        .map(found -> found.group(1) == null ? found.group(2) : found.group(1));
    }

    /** The keys in the expressions: {@code ${%key}}, {@code ${%key(argument, …)}}, and {@code '%key'} in others. */
    private static void keys(String value, Properties entries, Set<String> used, List<String> problems) {
        for (MatchResult match : EXPRESSION.matcher(value).results().toList()) {
            String expression = match.group(1);
            Stream.concat(Stream.of(expression), strings(expression))
                    .filter(text -> text.startsWith("%"))
                    .forEach(text -> {
                        String key = text.substring(1).replaceFirst("\\(.*", "");
                        used.add(key);
                        if (entries.getProperty(key, "").isEmpty()) {
                            problems.add("no entry: " + key);
                            return;
                        }
                        int arguments = arguments(text);
                        int expected = new MessageFormat(entries.getProperty(key)).getFormatsByArgumentIndex().length;
                        if (arguments != expected) {
                            problems.add("arguments of " + key + ": " + arguments + ", in its entry " + expected);
                        }
                    });
        }
    }

    private static int arguments(String text) {
        int count = text.contains("(") ? 1 : 0;
        int depth = 0;
        for (char c : text.toCharArray()) {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            count += c == ',' && depth == 1 ? 1 : 0;
        }
        return count;
    }
}
