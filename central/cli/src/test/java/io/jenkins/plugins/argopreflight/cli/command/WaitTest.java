package io.jenkins.plugins.argopreflight.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.Next;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.submit.Draft;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.engine.submit.Submission;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.Diagnoses;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of waiting for a workflow on a real API server. The test acts as Argo's controller. */
@NeedsServers(Server.CLUSTER)
@Timeout(120)
@ExtendWith(InRun.class)
class WaitTest {

    private static final String WORKFLOW = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: build}
            spec: {entrypoint: main, templates: [{name: main, suspend: {}}]}
            """;

    private final RealCluster cluster = RealCluster.get();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(
            Map.of(),
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false,
            false);
    private Fabric8Gateway gateway;
    private String namespace;

    @BeforeEach
    void connect() {
        namespace = cluster.namespace("cli-wait");
        gateway = Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(cluster.adminKubeconfig()));
    }

    @AfterEach
    void disconnect() {
        gateway.close();
    }

    @Test
    void shouldStopAWorkflowThatCannotGoOn() {
        ObjectNode created = Wait.create(gateway, draft(), terminal);
        try (Wait wait = wait(created, Optional.of(Shutdown.STOP), true)) {
            wait.stuck(created);
            CompletableFuture<Void> controller = CompletableFuture.runAsync(() -> {
                awaitShutdown(created, "Stop");
                complete(created, "Failed");
            });

            assertThat(wait.untilEnd()).isEqualTo(1);

            controller.join();
            assertThat(wait.isShutDown()).isTrue();
            assertThat(messages()).contains("cannot go on").contains("Stop sent to workflow " + namespace + "/build");
        }
    }

    @Test
    void shouldEndAndLeaveAWorkflowThatCannotGoOn() {
        ObjectNode created = Wait.create(gateway, draft(), terminal);
        try (Wait wait = wait(created, Optional.empty(), true)) {
            wait.stuck(created);

            assertThat(wait.untilEnd()).isEqualTo(1);
            assertThat(shutdown(created)).isEmpty();
            assertThat(messages()).contains("is left as it is (--on-abort leave)");
        }
    }

    @Test
    void shouldWaitOnForACauseThatPasses() {
        ObjectNode created = Wait.create(gateway, draft(), terminal);
        try (Wait wait = wait(created, Optional.of(Shutdown.STOP), false)) {
            wait.stuck(created);
            complete(created, "Succeeded");

            assertThat(wait.untilEnd()).isZero();
            assertThat(shutdown(created)).isEmpty();
        }
    }

    @Test
    void shouldStopAWorkflowWhoseCreateWasInterrupted() {
        Draft draft = draft();
        Thread.currentThread().interrupt();

        ObjectNode created = Wait.create(gateway, draft, terminal);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        try (Wait wait = wait(created, Optional.of(Shutdown.STOP), false)) {
            CompletableFuture<Void> controller = CompletableFuture.runAsync(() -> {
                awaitShutdown(created, "Stop");
                complete(created, "Failed");
            });
            assertThat(wait.untilEnd()).isEqualTo(1);
            controller.join();
        }
    }

    private Wait wait(ObjectNode created, Optional<Shutdown> onAbort, boolean permanent) {
        Cause cause = new Cause(
                "image",
                "No such tag",
                new Cause.Subject("Pod", namespace, "build", "main", ""),
                "",
                permanent,
                Next.RESUBMIT,
                List.of(),
                List.of(),
                List.of(),
                List.of());
        Diagnosis diagnosis = Diagnoses.of(namespace, "Running", cause);
        return new Wait(
                gateway, created, Wait.Logs.NONE, Optional.empty(), onAbort, () -> Optional.of(diagnosis), terminal);
    }

    private Draft draft() {
        List<Document> documents;
        try {
            documents = new ManifestReader().read("wf.yaml", new ByteArrayInputStream(WORKFLOW.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Draft.of(
                gateway,
                new Submission(documents, "", namespace, "", "", Map.of(), Map.of(), Map.of(), "argo"),
                "id-1");
    }

    private String path(ObjectNode workflow) {
        return "/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/workflows/" + KubeObjects.name(workflow);
    }

    private String shutdown(ObjectNode workflow) {
        return cluster.api().get(path(workflow)).at("/spec/shutdown").asText();
    }

    private void awaitShutdown(ObjectNode workflow, String how) {
        while (!shutdown(workflow).equals(how)) {
            Thread.onSpinWait();
        }
    }

    private void complete(ObjectNode workflow, String phase) {
        cluster.api().mergePatch(path(workflow), Map.of("status", Map.of("phase", phase)));
    }

    private String messages() {
        return err.toString(UTF_8);
    }
}
