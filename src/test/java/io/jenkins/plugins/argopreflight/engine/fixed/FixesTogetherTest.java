package io.jenkins.plugins.argopreflight.engine.fixed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.check.CauseNesting;
import io.jenkins.plugins.argopreflight.engine.check.CheckFixture;
import io.jenkins.plugins.argopreflight.engine.check.CheckRunner;
import io.jenkins.plugins.argopreflight.engine.check.CombinedFixes;
import io.jenkins.plugins.argopreflight.engine.check.FactsOf;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.admission.LocalAdmission;
import io.jenkins.plugins.argopreflight.offline.registry.RegistrySnapshot;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.Requests;
import io.jenkins.plugins.argopreflight.testing.Stories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The fixes of a workflow's causes, all carried out together: no FAIL that has a fix remains, and no new one appears,
 * since the findings below a cause are only its consequences. The exceptions that no program can show are in
 * {@code fixes-exceptions.txt}, each with its reason.
 */
@ExtendWith(InRun.class)
class FixesTogetherTest {

    private static final Path RESOURCES = ProjectRoot.path().resolve("src/test/resources");

    @TempDir
    private Path temporary;

    /** Findings before, the ones that are left, and what could not be carried out. */
    private record Result(List<Finding> before, List<Finding> after, List<String> failures) {

        /** "" where all is well. */
        String problem() {
            List<String> wrong = new ArrayList<>(failures);
            for (Finding each : after) {
                boolean old = before.stream().anyMatch(one -> isSame(one, each));
                if (!old) {
                    wrong.add("NEW " + brief(each));
                } else if (FixApplier.isFixable(each)) {
                    wrong.add("LEFT " + brief(each));
                }
            }
            return String.join("\n    ", wrong);
        }

        private static boolean isSame(Finding one, Finding other) {
            return one.check().equals(other.check())
                    && one.subject().kind().equals(other.subject().kind())
                    && one.subject().name().equals(other.subject().name());
        }

        private static String brief(Finding finding) {
            return finding.check() + " " + finding.subject() + ": " + finding.message();
        }
    }

    private interface Preflighted {

        /** Returns the causes, each with its consequences. */
        List<Finding> findings(Path folder) throws IOException;
    }

    private static List<Finding> withFollowers(List<Finding> causes) {
        return causes.stream()
                .flatMap(cause -> Stream.concat(Stream.of(cause), cause.consequences().stream()))
                .toList();
    }

    private static List<Finding> failures(List<Finding> findings) {
        return findings.stream().filter(each -> each.outcome() == Outcome.FAIL).toList();
    }

    private Result fixed(String name, FixedFolder folder, Preflighted preflight) throws IOException {
        Path one = temporary.resolve(name.replace('/', '_') + "-before");
        Path two = temporary.resolve(name.replace('/', '_') + "-after");
        folder.write(one, true);
        List<Finding> causes = failures(preflight.findings(one));
        List<Finding> before = failures(withFollowers(causes));
        if (before.stream().noneMatch(FixApplier::isFixable)) {
            return new Result(before, before, List.of());
        }
        FixApplier applier = new FixApplier(folder);
        applier.applyAll(causes);
        folder.write(two, false);
        List<String> wrong = folder.isRecorded()
                ? applier.failures.stream()
                        .filter(each -> !each.contains("there is no "))
                        .toList()
                : applier.failures;
        return new Result(before, failures(withFollowers(preflight.findings(two))), wrong);
    }

    /**
     * Returns the findings of a fixture. If the folder has no recorded answers of an API server, this project's
     * admission answers.
     */
    private static List<Finding> fixture(Path folder) throws IOException {
        Facts facts = FactsOf.folder(folder, folder.resolve("cluster"), "ci", new LocalAdmission(Optional.empty()));
        return CauseNesting.of(CombinedFixes.of(facts, new CheckRunner(Checks.all()).run(facts)));
    }

    private static List<Finding> story(Path folder, String namespace) throws IOException {
        SnapshotGateway gateway = SnapshotGateway.open(folder.resolve("cluster"), new LocalAdmission(Optional.empty()));
        try (Registry registry =
                RegistrySnapshot.read(RegistrySnapshot.find(folder).orElseThrow(), RegistrySettings.defaults())) {
            Report report = new Preflight(Fact.known(gateway), registry, 8)
                    .run(Requests.of(
                            new ManifestReader().read(folder.resolve("workflow.yaml")),
                            namespace,
                            gateway.argo().orElseThrow().namespace()));
            return report.findings();
        }
    }

    @Test
    void shouldLeaveNoFailureOfAnyFixture() throws IOException {
        Map<String, Result> results = new LinkedHashMap<>();
        for (CheckFixture fixture : CheckFixture.all()) {
            Path admissions = fixture.folder().resolve("admissions.yaml");
            FixedFolder folder = FixedFolder.read(
                    fixture.folder().resolve("workflow.yaml"),
                    fixture.folder().resolve("cluster"),
                    RegistrySnapshot.find(fixture.folder()),
                    Files.exists(admissions) ? List.of(admissions) : List.of());
            String name = "checks/" + fixture;
            results.put(name, fixed(name, folder, FixesTogetherTest::fixture));
        }
        assertNoProblems(results);
    }

    @Test
    void shouldLeaveNoFailureOfAnyStory() throws IOException {
        Map<String, Result> results = new LinkedHashMap<>();
        for (Path story : Stories.all()) {
            Path before = story.resolve("before");
            String namespace = new ObjectMapper()
                    .readTree(Files.readString(story.resolve("story.json")))
                    .path("namespace")
                    .asText();
            FixedFolder folder =
                    FixedFolder.read(before.resolve("workflow.yaml"), before, RegistrySnapshot.find(before), List.of());
            String name = "stories/" + story.getFileName();
            results.put(name, fixed(name, folder, each -> story(each, namespace)));
        }
        assertNoProblems(results);
    }

    private static void assertNoProblems(Map<String, Result> results) throws IOException {
        List<String> exceptions = exceptions();
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, Result> each : results.entrySet()) {
            String problem = each.getValue().problem();
            if (problem.isEmpty() && exceptions.contains(each.getKey())) {
                problems.add(each.getKey() + " has no problem: take it out of the exceptions");
            } else if (!problem.isEmpty() && !exceptions.contains(each.getKey())) {
                problems.add(each.getKey() + "\n    " + problem);
            }
        }
        long fixable = results.values().stream()
                .filter(each -> each.before().stream().anyMatch(FixApplier::isFixable))
                .count();
        System.out.println(
                results.size() + " workflows, " + fixable + " with fixes that a machine can carry out: all of"
                        + " them together leave no failure, but for " + problems.size() + " and the exceptions");
        assertThat(problems).isEmpty();
        long found = results.values().stream()
                .filter(each -> !each.before().isEmpty())
                .count();
        assertThat(fixable).as("of %s workflows with findings", found).isGreaterThan(found / 2);
    }

    private static List<String> exceptions() throws IOException {
        return Files.readAllLines(RESOURCES.resolve("fixes-exceptions.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\s+", 2)[0])
                .toList();
    }
}
