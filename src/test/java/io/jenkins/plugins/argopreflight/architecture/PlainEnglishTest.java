package io.jenkins.plugins.argopreflight.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.JavaText;
import io.jenkins.plugins.argopreflight.testing.PlainEnglish;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts use the vocabulary of Kubernetes and Jenkins: {@code words/phrases.txt} lists what none of them contains. */
class PlainEnglishTest {

    private static final Path ROOT = ProjectRoot.path();
    private static final List<String> SOURCES =
            List.of("src/main/java", "src/offline/java", "central/cli/src/main/java");
    private static final List<String> TEXTS = List.of(
            "README.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "docs",
            "src/main/resources",
            "central/cli/src/main/resources");
    private static final Set<String> FORMATS =
            Set.of("md", "html", "jelly", "properties", "yaml", "json", "puml", "js", "Jenkinsfile", "txt");

    @Test
    void shouldUseThePlainWordInEachStringOfTheCode() {
        assertThat(found(SOURCES, Set.of("java"), JavaText::strings)).isEmpty();
    }

    @Test
    void shouldUseThePlainWordInEachCommentOfTheCode() {
        assertThat(found(SOURCES, Set.of("java"), JavaText::comments)).isEmpty();
    }

    @Test
    void shouldUseThePlainWordInEachPageAndHelpText() {
        assertThat(found(TEXTS, FORMATS, PlainEnglishTest::lines)).isEmpty();
    }

    @Test
    void shouldExemptOnlyQuotedTextsThatAreThere() {
        assertThat(PlainEnglish.EXEMPT).allSatisfy(each -> {
            assertThat(each.reason()).isNotBlank();
            assertThat(files(List.of("src/main", "docs"), Set.of("java", "md", "yaml", "txt")))
                    .as(each.toString())
                    .anyMatch(file ->
                            file.toString().endsWith(each.file()) && read(file).contains(each.text()));
        });
    }

    @Test
    void shouldFindEachPhraseThatIsListed() {
        List<JavaText> texts =
                JavaText.strings("a(\"waits for\" // for ever\n + b, \"for\"\n + \" ever\", \"may-submit\")");
        assertThat(texts).extracting(JavaText::text).containsExactly("waits for", "for ever", "may-submit");
        assertThat(texts.stream().map(text -> PlainEnglish.phraseIn(text.text()).isPresent()))
                .containsExactly(false, true, false);
    }

    private static Set<String> found(
            List<String> folders, Set<String> formats, Function<String, List<JavaText>> texts) {
        Set<String> found = new TreeSet<>();
        List<Path> files = files(folders, formats);
        assertThat(files).hasSizeGreaterThan(100);
        for (Path file : files) {
            String path = ROOT.relativize(file).toString().replace('\\', '/');
            for (JavaText text : texts.apply(read(file))) {
                String left = text.text();
                for (PlainEnglish.Exempt each : PlainEnglish.EXEMPT) {
                    left = path.endsWith(each.file()) ? left.replace(each.text(), "") : left;
                }
                PlainEnglish.phraseIn(left).ifPresent(phrase -> found.add(path + ":" + text.line() + ": " + phrase));
            }
        }
        return found;
    }

    private static List<JavaText> lines(String text) {
        List<JavaText> lines = new ArrayList<>();
        text.lines().forEach(line -> lines.add(new JavaText(lines.size() + 1, line)));
        return lines;
    }

    private static List<Path> files(List<String> folders, Set<String> formats) {
        List<Path> all = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(Files::isRegularFile)
                        .filter(file -> formats.contains(file.toString().replaceAll("^.*[./]", "")))
                        .forEach(all::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
