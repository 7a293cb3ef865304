package io.jenkins.plugins.argopreflight.engine.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.Requests;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Argo's own examples are right: each FAIL without a cluster is listed in lint/examples.txt with its reason. */
@NeedsServers(Server.ORACLES)
@ExtendWith(InRun.class)
class ArgoExamplesTest {

    private static final Path TABLE = LintFiles.ROOT.resolve("src/test/resources/lint/examples.txt");

    @Test
    void shouldFailOnlyWhatIsWrong() throws IOException {
        List<Document> documents = new ArrayList<>();
        List<Path> files = LintFiles.examples();
        for (Path file : files) {
            documents.addAll(new ManifestReader().readAll(file));
        }
        Report report = new Preflight(Fact.unknown("no cluster"), new NoRegistry(), 1)
                .run(Requests.of(documents, "argo", "argo"));
        TreeSet<String> failed = report.findings().stream()
                .filter(finding -> finding.outcome() == Outcome.FAIL)
                .map(finding -> Path.of(finding.subject().file()).getFileName() + " " + finding.check())
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> listed = Files.readAllLines(TABLE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(": ", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
        System.out.println(
                files.size() + " examples, " + report.subjects().size() + " judged, " + failed.size() + " with a FAIL");
        assertThat(files.size()).isGreaterThan(200);
        assertThat(failed).isEqualTo(listed);
    }
}
