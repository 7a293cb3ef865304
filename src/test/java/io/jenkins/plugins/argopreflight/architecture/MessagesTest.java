package io.jenkins.plugins.argopreflight.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts of forms and pages are in {@code Messages.properties}. In the root build Jenkins' localizer generates a class
 * from each; {@code central/jenkins-api} has the same class, which this test writes with {@code -Ddocs.write=true}.
 */
class MessagesTest {

    private static final Path ROOT = ProjectRoot.path();
    private static final Path RESOURCES = ROOT.resolve("src/main/resources");
    private static final Path SLICE = ROOT.resolve("central/jenkins-api/src/main/java");
    /** A class has the name of its bundle, and is none. */
    private static final String PROPERTIES_ALONE =
            "ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_PROPERTIES)";

    /** A literal with a space in it, or the literal that a text begins with. */
    private static final Pattern SAID = Pattern.compile("(?:new (?:Abort|IllegalArgument|ReportUnreadable|IO)Exception"
            + "|FormValidation\\.\\w+|\\.println?|\\.sendError|\\bsay|\\bfail)"
            + "\\(\\s*(?:\\d+, )?\"[^\"]*[A-Za-z][^\"]* [^\"]*\"");

    private static final Pattern DISPLAY_NAME = Pattern.compile("getDisplayName\\(\\) \\{\\s*return \"");

    static List<Path> bundles() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.endsWith("Messages.properties"))
                    .map(RESOURCES::relativize)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void shouldHaveTheClassThatTheLocalizerGenerates(Path bundle) throws IOException {
        String generated = generate(bundle);
        Path file = SLICE.resolve(bundle.toString().replace(".properties", ".java"));
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, generated);
        }
        assertThat(file).as("run the tests with -Ddocs.write=true").content().isEqualTo(generated);
    }

    @Test
    void shouldHaveDisplayNamesInBundles() throws IOException {
        assertThat(bundles()).hasSizeGreaterThan(2);
        assertThat(adapter())
                .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(DISPLAY_NAME));
    }

    /** The logs of Jenkins itself, and of its tasks in the background, are English as those of all plugins. */
    @Test
    void shouldTakeErrorsValidationsAndLinesOfLogsFromBundles() throws IOException {
        for (Path file : adapter().toList()) {
            if (!file.getFileName().toString().startsWith("Ended")) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContainPattern(SAID);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void shouldUseEachEntryAndDoubleItsApostrophes(Path bundle) throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files =
                Files.walk(ROOT.resolve("src/main/java").resolve(bundle).getParent())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.append(Files.readString(file));
            }
        }
        properties(bundle).forEach((key, text) -> {
            String method = ((String) key).replaceAll("\\W", "_");
            assertThat(sources).as("uses " + key).containsPattern("\\bMessages(\\.|::)" + method + "\\b");
            assertThat(((String) text).replace("''", "").replace("'{'", "").replaceAll("'}+'", ""))
                    .as("apostrophes of " + key)
                    .doesNotContain("'");
        });
    }

    private static Stream<Path> adapter() throws IOException {
        return RepositoryTest.files("src/main/java", ".java").stream()
                .filter(file -> !file.toString().replace('\\', '/').contains("/engine/"));
    }

    private static Properties properties(Path bundle) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(RESOURCES.resolve(bundle), UTF_8)));
        return properties;
    }

    private static String generate(Path bundle) throws IOException {
        Properties properties = properties(bundle);
        String name =
                bundle.toString().replace('\\', '/').replace(".properties", "").replace('/', '.');
        String methods = new TreeMap<>(properties)
                .entrySet().stream()
                        .map(each -> method((String) each.getKey(), (String) each.getValue()))
                        .collect(Collectors.joining("\n"));
        return """
            package %s;

            import java.text.MessageFormat;
            import java.util.ResourceBundle;

            /** What Jenkins' localizer generates from Messages.properties. */
            public class Messages {

                private Messages() {}

            %s
                private static String format(String key, Object... arguments) {
                    String text = ResourceBundle.getBundle(
                                    "%s",
                                    %s)
                            .getString(key);
                    return new MessageFormat(text).format(arguments);
                }
            }
            """.formatted(name.replace(".Messages", ""), methods, name, PROPERTIES_ALONE);
    }

    private static String method(String key, String text) {
        int count = new MessageFormat(text).getFormatsByArgumentIndex().length;
        String parameters =
                IntStream.range(0, count).mapToObj(i -> "Object arg" + i).collect(Collectors.joining(", "));
        String arguments = IntStream.range(0, count).mapToObj(i -> ", arg" + i).collect(Collectors.joining());
        return "    public static String " + key.replaceAll("\\W", "_") + "(" + parameters + ") {\n"
                + "        return format(\"" + key + "\"" + arguments + ");\n    }\n";
    }
}
