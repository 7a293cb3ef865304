package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Diagnose;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.offline.admission.LocalAdmission;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.offline.registry.RegistrySnapshot;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workflows as they stand at noon, one a file: a healthy one has no cause and waits for what its file says, and one that
 * hangs has the cause that its file names. The rows are those of the list of failures of Argo's issues.
 */
@ExtendWith(InRun.class)
class StateFixturesTest {

    private static final Path FOLDER = ProjectRoot.path().resolve("src/test/resources/diagnose");
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final int ROWS = 35;

    /** Rows that no state and no text of a workflow can show. */
    private static final Set<Integer> NOT_OF_A_WORKFLOW = Set.of(34);

    @TempDir
    private Path folder;

    static List<Path> fixtures() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("states"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void shouldNameTheCauseOfWhatHangsAndNoneOfWhatIsHealthy(Path fixture) throws IOException {
        Files.copy(fixture, folder.resolve("objects.yaml"));
        Diagnosis diagnosis;
        try (Registry registry = registry(fixture)) {
            diagnosis = new Diagnose(SnapshotGateway.open(folder, new LocalAdmission(Optional.empty())), registry, 4)
                    .run(new DiagnoseRequest(
                            "ci",
                            "build",
                            "",
                            "argo",
                            LogSource.read("--logs"),
                            List.of(),
                            header(fixture, "time").isEmpty() ? Optional.of(NOON) : Optional.empty()));
        }
        String wanted = header(fixture, "cause");
        assertThat(diagnosis.causes().stream().map(StateFixturesTest::brief))
                .containsExactlyElementsOf(wanted.equals("none") ? List.of() : List.of(wanted.split("; ")));
        String object = header(fixture, "object");
        if (!object.isEmpty()) {
            assertThat(diagnosis.causes().get(0).subject())
                    .extracting(subject -> (subject.kind() + " " + subject.name() + " " + subject.path())
                            .strip()
                            .toLowerCase(Locale.ROOT))
                    .isEqualTo(object);
        }
        String next = header(fixture, "next");
        if (!next.isEmpty()) {
            assertThat(diagnosis.causes().get(0).next().name()).isEqualToIgnoringCase(next);
        }
        String waiting = header(fixture, "waiting");
        if (waiting.equals("none")) {
            assertThat(diagnosis.waiting()).isEmpty();
        } else if (!waiting.isEmpty()) {
            assertThat(diagnosis.waiting())
                    .anySatisfy(each -> assertThat(each.reason()).containsIgnoringCase(waiting));
        }
        if (header(fixture, "follows").equals("none")) {
            assertThat(diagnosis.consequences()).isEmpty();
        }
    }

    /** The rights of docs/rbac/diagnose.yaml: the workflow is there, so nobody needs to create it. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void shouldFindTheSameWithoutTheRightToCreateWorkflows(Path fixture) throws IOException {
        MemoryCluster allowed = MemoryCluster.of(Files.readString(fixture));
        MemoryCluster denied = MemoryCluster.of(Files.readString(fixture));
        denied.deny(Right.of("create", Resource.WORKFLOWS, "ci"));

        try (Registry registry = registry(fixture)) {
            assertThat(diagnose(denied, registry).causes().stream().map(StateFixturesTest::brief))
                    .containsExactlyElementsOf(diagnose(allowed, registry).causes().stream()
                            .map(StateFixturesTest::brief)
                            .toList());
        }
    }

    @Test
    void shouldNotGiveUpAWorkflowForAPossibleCause() throws IOException {
        MemoryCluster cluster =
                MemoryCluster.of(Files.readString(FOLDER.resolve("states/hang-pending-without-a-message.yaml")));

        Diagnosis diagnosis = diagnose(cluster, new NoRegistry());

        assertThat(diagnosis.causes()).isNotEmpty().allSatisfy(cause -> {
            assertThat(cause.permanent()).isTrue();
            assertThat(cause.evidence().get(0).text()).startsWith("a possible cause: ");
        });
        assertThat(diagnosis.isPermanent()).isFalse();
    }

    private static Diagnosis diagnose(MemoryCluster cluster, Registry registry) {
        return new Diagnose(cluster, registry, 4)
                .run(new DiagnoseRequest(
                        "ci", "build", "", "argo", LogSource.read("--logs"), List.of(), Optional.of(NOON)));
    }

    @Test
    void shouldOnlyNoteAnOldLeaseWhereTheDeploymentCannotBeRead() throws IOException {
        MemoryCluster cluster =
                MemoryCluster.of(Files.readString(FOLDER.resolve("states/healthy-controller-without-a-leader.yaml")));
        cluster.deny(new Right("list", "apps", "deployments", "", "argo", ""));
        cluster.deny(new Right("get", "apps", "deployments", "", "argo", ""));
        Diagnosis diagnosis = diagnose(cluster, new NoRegistry());

        assertThat(diagnosis.causes()).isEmpty();
        assertThat(diagnosis.notes()).anyMatch(note -> note.startsWith("No controller renews Lease argo/"));
    }

    /** Returns the registry with the answers of the file; it answers nothing without a file. */
    private Registry registry(Path fixture) throws IOException {
        String name = header(fixture, "registry");
        if (name.isEmpty()) {
            return new NoRegistry();
        }
        Files.copy(FOLDER.resolve("registries/" + name + ".yaml"), folder.resolve("registry.yaml"));
        return RegistrySnapshot.read(RegistrySnapshot.find(folder).orElseThrow(), RegistrySettings.defaults());
    }

    @Test
    void shouldHaveEnoughHealthyWorkflows() throws IOException {
        assertThat(fixtures().stream()
                        .filter(file -> file.getFileName().toString().startsWith("healthy-")))
                .hasSizeGreaterThanOrEqualTo(30);
    }

    @Test
    void shouldHaveAFixtureForEachRowOfTheListOfFailures() throws IOException {
        Set<Integer> rows = new TreeSet<>(NOT_OF_A_WORKFLOW);
        for (String line : Files.readAllLines(FOLDER.resolve("messages.txt"))) {
            if (line.matches("# \\d.*")) {
                rows.addAll(numbers(line.substring(2, line.indexOf(':'))));
            }
        }
        for (Path fixture : fixtures()) {
            rows.addAll(numbers(header(fixture, "rows")));
        }
        assertThat(rows)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ROWS).boxed().toList());
    }

    private static List<Integer> numbers(String list) {
        return Stream.of(list.split("\\D+"))
                .filter(each -> !each.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }

    private static String brief(Cause cause) {
        return cause.check() + ", " + (cause.permanent() ? "permanent" : "transient");
    }

    /** Returns a value in the comment at the beginning of the file; "" for none. */
    private static String header(Path fixture, String name) throws IOException {
        return Files.readAllLines(fixture).stream()
                .takeWhile(line -> line.startsWith("#"))
                .filter(line -> line.startsWith("# " + name + ": "))
                .map(line -> line.substring(name.length() + 4).strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }
}
