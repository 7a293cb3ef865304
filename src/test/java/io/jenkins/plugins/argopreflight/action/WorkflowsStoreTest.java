package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.Next;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedObject;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.render.page.WorkflowGraph;
import io.jenkins.plugins.argopreflight.engine.render.page.WorkflowGraph.Node;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowsStoreTest {

    private static final String SERVER = "https://api.prod.example.com:6443";

    private static final RecordedState RECORDED = new RecordedState(
            SERVER,
            List.of(new RecordedObject("Secret", "ci", "regcred", true, "u-1", "7", Map.of())),
            List.of("ResourceQuota ci"));

    @TempDir
    File build;

    @Test
    void shouldReadBackAGraphAndItsCauses() throws Exception {
        new WorkflowsStore(build).write("1", record(graph("denied"), Optional.of(diagnosis("No credentials"))));

        WorkflowsStore.StoredWorkflow stored = new WorkflowsStore(build).read("1");

        assertThat(stored.graph()).isEqualTo(graph("denied"));
        assertThat(stored.diagnosis().orElseThrow().causes())
                .extracting(Cause::title)
                .containsExactly("No credentials");
        assertThat(stored.recorded().of(SERVER)).isEqualTo(RECORDED);
        assertThat(stored.recorded().of("https://other.example.com")).isEqualTo(RecordedState.NONE);
    }

    @Test
    void shouldLeaveOutTheAddressOfTheCluster() throws Exception {
        String said = "Get \"" + SERVER + "/api\": connection refused";

        new WorkflowsStore(build).write("1", record(graph(said), Optional.of(diagnosis(said))));

        assertThat(Files.readString(build.toPath().resolve("argo-workflows/1.json")))
                .doesNotContain("api.prod.example.com")
                .contains("connection refused");
    }

    @Test
    void shouldReadAFileOfAVersionThatRecordedNothing() throws Exception {
        new WorkflowsStore(build).write("1", record(graph("denied"), Optional.empty()));
        Path file = build.toPath().resolve("argo-workflows/1.json");
        String json = Files.readString(file);
        Files.writeString(file, json.substring(0, json.indexOf(",\"recorded\"")) + "}");

        assertThat(new WorkflowsStore(build).read("1").recorded()).isEqualTo(RecordedState.NONE);
    }

    @Test
    void shouldReportAFileThatIsGone() {
        assertThatExceptionOfType(ReportUnreadableException.class)
                .isThrownBy(() -> new WorkflowsStore(build).read("1"))
                .withMessageContaining("argo-workflows/1.json");
    }

    private static WorkflowRecord record(WorkflowGraph graph, Optional<Diagnosis> diagnosis) {
        return new WorkflowRecord("owner", "argoSubmit", graph, diagnosis, SERVER, "7", RECORDED);
    }

    private static WorkflowGraph graph(String message) {
        Node node = new Node(
                "n1", "compile", "Pod", "Failed", message, List.of("n2"), "", 3, List.of("No credentials"), "");
        return new WorkflowGraph("ci", "build", "Failed", message, List.of(node), 2);
    }

    private static Diagnosis diagnosis(String title) {
        Cause cause = new Cause(
                "pull-credentials",
                title,
                new Cause.Subject("ServiceAccount", "ci", "default", "", ""),
                "The image is private.",
                true,
                Next.RECREATE_POD,
                List.of("compile"),
                List.of(),
                List.of(),
                List.of());
        return new Diagnosis(
                "build",
                "ci",
                "u-1",
                "Failed",
                "",
                List.of(cause),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Diagnosis.Cost(1, 0, 1),
                "",
                List.of(),
                Set.of());
    }
}
