package io.jenkins.plugins.argopreflight.engine.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import io.jenkins.plugins.argopreflight.testing.server.ArgoModule;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The check without a cluster agrees with Argo's end-to-end suite about the end of each workflow, as lint/suite.txt says. */
@NeedsServers(Server.ORACLES)
@ExtendWith(InRun.class)
class ArgoSuiteTest {

    private static final Path TABLE = LintFiles.ROOT.resolve("src/test/resources/lint/suite.txt");

    private record Row(String file, List<String> lines, String end, String reason) {

        static Row of(String line) {
            String[] cells = line.split(" *\\|", -1);
            assertThat(cells).as(line).hasSize(4);
            return new Row(cells[0], List.of(cells[1].strip().split(" ")), cells[2].strip(), cells[3].strip());
        }

        String entry() {
            return file + " | " + end;
        }
    }

    private static List<ArgoModule> modules() {
        return ArgoModule.all();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void shouldListEachEndThatTheSuiteAsserts(ArgoModule module) throws IOException {
        assertThat(SuiteCase.all(module.folder()).stream().map(SuiteCase::entry).distinct())
                .as("what the suite of " + module + " asserts is what lint/suite.txt lists")
                .containsExactlyInAnyOrderElementsOf(
                        rows(module).stream().map(Row::entry).toList());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void shouldAgreeAboutEachEnd(ArgoModule module) throws IOException {
        List<SuiteCase> cases = SuiteCase.all(module.folder());
        List<String> wrong = new ArrayList<>();
        for (Row row : rows(module)) {
            for (SuiteCase each : cases) {
                if (each.entry().equals(row.entry())) {
                    List<String> failures = failures(module, each.files());
                    boolean agrees = failures.isEmpty() == row.end().equals("Succeeded");
                    if (agrees != row.reason().isEmpty()) {
                        wrong.add(row.entry() + " | " + row.reason() + " | " + failures);
                    }
                }
            }
        }
        assertThat(wrong).as("disagree without a reason, or agree with one").isEmpty();
        assertThat(cases).hasSizeGreaterThan(80);
    }

    /** A crash is an exception that does not say what is wrong in the file. */
    @ParameterizedTest
    @MethodSource("modules")
    void shouldReadEachFile(ArgoModule module) throws IOException {
        List<Path> files = SuiteCase.files(module.folder(), ".yaml");
        for (Path file : files) {
            assertThat(failures(module, List.of(file))).isNotNull();
        }
        assertThat(files).hasSizeGreaterThan(200);
    }

    private static List<Row> rows(ArgoModule module) throws IOException {
        List<Row> rows = Files.readAllLines(TABLE).stream()
                .filter(text -> !text.startsWith("#"))
                .map(Row::of)
                .toList();
        assertThat(rows.stream().flatMap(row -> row.lines().stream()).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        modules().stream().map(ArgoModule::line).toList());
        return rows.stream().filter(row -> row.lines().contains(module.line())).toList();
    }

    private static List<String> failures(ArgoModule module, List<Path> files) throws IOException {
        try {
            List<Document> documents = new ArrayList<>();
            for (Path file : files) {
                documents.addAll(new ManifestReader().readAll(file));
            }
            return new Preflight(Fact.unknown("no cluster"), new NoRegistry(), 1)
                    .run(Requests.of(documents, "argo", "argo", module.version())).findings().stream()
                            .filter(finding -> finding.outcome() == Outcome.FAIL)
                            .map(finding -> finding.check() + ": " + finding.message())
                            .toList();
        } catch (ManifestException | IllegalArgumentException refused) {
            return List.of(String.valueOf(refused.getMessage()));
        }
    }
}
