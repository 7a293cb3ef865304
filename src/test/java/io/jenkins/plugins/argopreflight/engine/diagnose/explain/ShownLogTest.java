package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.PodNames;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.engine.render.DiagnosisTexts;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.text.DiagnosisText;
import io.jenkins.plugins.argopreflight.offline.admission.LocalAdmission;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The lines of container logs in a diagnosis of a workflow of which two nodes failed. */
@ExtendWith(InRun.class)
class ShownLogTest {

    private static final String ONE = "build-compile-1";
    private static final String TWO = "build-deploy-2";

    private static final String WORKFLOW = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: build, namespace: ci, uid: u, annotations: {workflows.argoproj.io/pod-name-format: v2}}
            spec:
              entrypoint: main
              templates:
              - {name: main, dag: {tasks: [{name: compile, template: compile}, {name: deploy, template: deploy}]}}
              - {name: compile, container: {image: a, command: [make]}}
              - {name: deploy, container: {image: a, command: [kubectl]}}
            status:
              phase: Failed
              nodes:
                build-1: {id: build-1, name: build.compile, displayName: compile, type: Pod, templateName: compile,
                  phase: Failed, message: 'main: Error (exit code 3)'}
                build-2: {id: build-2, name: build.deploy, displayName: deploy, type: Pod, templateName: deploy,
                  phase: Failed, message: 'main: Error (exit code 4)'}
            """;

    @TempDir
    private Path folder;

    private final List<String> objects =
            new ArrayList<>(List.of(WORKFLOW, pod(ONE, "build.compile", 3), pod(TWO, "build.deploy", 4)));

    private static String pod(String name, String node, int exitCode) {
        return """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: ci
                  labels: {workflows.argoproj.io/workflow: build}
                  annotations: {workflows.argoproj.io/node-name: %s}
                spec: {containers: [{name: main, image: a}]}
                status:
                  phase: Failed
                  containerStatuses:
                  - {name: main, image: a, state: {terminated: {exitCode: %d, reason: Error}}}
                """.formatted(name, node, exitCode);
    }

    private Diagnosis diagnose(LogSource logs) {
        write("objects.yaml", String.join("---\n", objects));
        return Remediation.inShell(
                new Diagnose(SnapshotGateway.open(folder, new LocalAdmission(Optional.empty())), new NoRegistry(), 4)
                        .run(new DiagnoseRequest(
                                "ci",
                                "build",
                                "",
                                "argo",
                                logs,
                                List.of(),
                                Optional.of(Instant.parse("2026-11-26T12:00:00Z")))));
    }

    private static List<String> lines(Cause cause) {
        return cause.evidence().stream()
                .filter(Evidence::isLog)
                .map(Evidence::text)
                .toList();
    }

    private void log(String pod, String... lines) {
        write("logs/" + pod + ".main.log", String.join("\n", lines) + "\n");
    }

    private void write(String file, String text) {
        try {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldShowTheLastLinesOfEachFailedContainerInTheirOrder() {
        log(
                ONE,
                "start",
                "error: cannot read the cache",
                "connect to db",
                "FATAL password authentication failed",
                "bye",
                "time=2026-01-01T00:00:00Z level=INFO msg=\"sub-process exited\" argo=true");
        log(TWO, IntStream.rangeClosed(1, 30).mapToObj(i -> "line " + i).toArray(String[]::new));

        List<Cause> causes = diagnose(LogSource.read("--logs")).causes();

        assertThat(causes).hasSize(2);
        assertThat(lines(causes.get(0)))
                .containsExactly(
                        "start",
                        "error: cannot read the cache",
                        "connect to db",
                        "FATAL password authentication failed",
                        "bye");
        assertThat(lines(causes.get(1)))
                .isEqualTo(
                        IntStream.rangeClosed(21, 30).mapToObj(i -> "line " + i).toList());
    }

    /** A long stack trace hides its first line. */
    @Test
    void shouldPreferLinesThatNameAProblemToOthersBeforeTheLastOnes() {
        String trace =
                IntStream.rangeClosed(1, 20).mapToObj(i -> "\tat a.B.c:" + i).collect(Collectors.joining("\n"));
        log(ONE, "begin", "Exception in thread main: no password", trace);

        assertThat(lines(diagnose(LogSource.read("--logs")).causes().get(0)))
                .hasSize(10)
                .startsWith("Exception in thread main: no password")
                .endsWith(" at a.B.c:20");
    }

    @Test
    void shouldMaskALineBeforeItIsShortened() {
        log(ONE, "x".repeat(290) + " canary-password and more");

        Diagnosis diagnosis =
                diagnose(LogSource.read("--logs").masking(line -> line.replace("canary-password", "****")));

        assertThat(lines(diagnosis.causes().get(0)))
                .singleElement()
                .satisfies(line ->
                        assertThat(line).hasSize(300).endsWith(" **** and…").doesNotContain("canary"));
    }

    @Test
    void shouldShowFollowedLinesOfAPodThatIsGone() {
        String gone = PodNames.pod("build", "build.compile", "compile");
        objects.remove(1);

        Diagnosis diagnosis = diagnose(LogSource.read("--logs")
                .orFollowed((pod, container) ->
                        pod.equals(gone) && container.equals("main") ? List.of("FATAL no disk") : List.of()));

        assertThat(DiagnosisTexts.logs(diagnosis))
                .contains("Pod ci/" + gone + " log of container main:\n    > FATAL no disk");
        assertThat(new DiagnosisText(Style.PLAIN).render(diagnosis)).contains(">   FATAL no disk");
    }

    @Test
    void shouldNameTheOptionThatReadsLogsOnlyWhereTheyWereNotRead() {
        log(ONE, "FATAL");

        assertThat(diagnose(LogSource.unread("argoDiagnose(logs: true)")).causes())
                .extracting(Cause::detail)
                .allMatch(detail ->
                        detail.endsWith("not in Kubernetes. argoDiagnose(logs: true) shows its last lines here."));
        assertThat(diagnose(LogSource.read("--logs")).causes())
                .extracting(Cause::detail)
                .allMatch(detail -> detail.endsWith("Why is in its log, not in Kubernetes."));
    }

    @Test
    void shouldReadTheLogOfFiveContainersAndNoteThatOthersWereNotRead() {
        for (int i = 3; i <= 8; i++) {
            objects.add(pod("build-more-" + i, "build.more-" + i, i));
        }
        // Without the workflow, each pod counts for itself.
        objects.remove(0);
        for (String pod : List.of(ONE, TWO, "build-more-3", "build-more-4", "build-more-5", "build-more-6")) {
            log(pod, "FATAL " + pod);
        }

        Diagnosis diagnosis = diagnose(LogSource.read("--logs"));

        assertThat(diagnosis.causes().stream().flatMap(cause -> lines(cause).stream()))
                .hasSize(5);
        assertThat(diagnosis.unknown())
                .anySatisfy(each ->
                        assertThat(each.reason()).isEqualTo("the logs of 5 containers were read, and no others"));
    }
}
