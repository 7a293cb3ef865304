package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.fix.Option;
import io.jenkins.plugins.argopreflight.engine.render.json.VisibleReport;
import io.jenkins.plugins.argopreflight.engine.report.Preflights;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import io.jenkins.plugins.argopreflight.testing.JavaText;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step shows its own parameters and no words of the command line; the command line shows no words of a step. */
class StepWordsTest {

    /** Steps check no snapshot. */
    private static final Pattern COMMAND_LINE = Pattern.compile(
            "argo-preflight (?!snapshot)[a-z]|(?<![\\w-])--(argo|controller|node|insecure|registry)-[a-z]+");

    private static final Pattern STEP = Pattern.compile(
            "argoRegistrySecret|Jenkins|\\b(argoVersion|nodeCredentials|argoNamespace|kubeconfigCredentialsId)\\b");
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

    static List<CheckFixture> fixtures() throws IOException {
        return CheckFixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void shouldShowEachReaderTheWordsOfTheirTool(CheckFixture fixture) throws IOException {
        List<Check> check = Checks.all().stream()
                .filter(each -> each.info().id().equals(fixture.check()))
                .toList();
        for (Finding finding :
                new CheckRunner(check).run(fixture.facts()).get(0).findings()) {
            String text = finding.message() + String.join("\n", finding.remediation());
            assertThat(STEP.matcher(text).results().map(found -> found.group()))
                    .as(text)
                    .isEmpty();

            Finding shown = inStep(finding);
            String words = shown.message() + String.join("\n", shown.remediation());
            assertThat(COMMAND_LINE.matcher(words).results().map(found -> found.group()))
                    .as(words)
                    .isEmpty();
        }
    }

    private static Finding inStep(Finding finding) {
        Report report = Preflights.full().worded(any -> finding);
        return VisibleReport.inStep(report, "prod").findings().get(0);
    }

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
