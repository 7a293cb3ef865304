package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.fix.Option;
import io.jenkins.plugins.argopreflight.testing.JavaText;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The words of sentences for steps: an option of the command line has a parameter of a step in its place.
 * {@link ReadersWords} looks at the findings.
 */
class StepWordsTest {

    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
    private static final Path ENGINE =
            ProjectRoot.path().resolve("src/main/java/io/jenkins/plugins/argopreflight/engine");

    /** Options of other programs, and those of errors that only the command line has. */
    private static final Set<String> OTHERS = Set.of(
            "--auth-mode",
            "--frontend",
            "--instanceid",
            "--local",
            "--oci-worker-no-process-sandbox",
            "--namespaced",
            "--from",
            "--show-labels",
            "--raw",
            "--flatten",
            "--minify",
            "--cluster",
            "--unbind",
            "--verbose",
            "--registry",
            "--username",
            "--password-stdin",
            "--field-selector",
            "--type");

    @Test
    void shouldKnowTheStepsWordForEachOptionInASentence() throws IOException {
        Set<String> unknown = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ENGINE)) {
            Iterator<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).iterator();
            while (sources.hasNext()) {
                for (JavaText text : JavaText.strings(Files.readString(sources.next()))) {
                    if (text.text().contains(" ")) {
                        OPTION.matcher(text.text())
                                .results()
                                .map(found -> found.group())
                                .filter(option -> !OTHERS.contains(option)
                                        && Option.inStep(option).equals(option))
                                .forEach(unknown::add);
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
    }
}
