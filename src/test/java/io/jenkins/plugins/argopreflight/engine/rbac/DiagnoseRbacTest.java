package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Diagnose;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.Change;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster.WatchListener;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.story.Stage;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code docs/rbac/diagnose.yaml}: with it a diagnosis reads everything and can be followed, and each line is needed. */
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
@ExtendWith(InRun.class)
class DiagnoseRbacTest {

    private static final String[] BESIDE = {"preflight.yaml", "preflight-controller.yaml", "preflight-cluster.yaml"};
    /** The answer to a request for a log: this cluster has no kubelet from which the API server would read it. */
    private static final String NO_KUBELET = "does not have a host assigned";

    private RealRegistry registry;
    private RbacScene scene;

    @BeforeEach
    void setUp() throws IOException {
        registry = RealRegistry.withPasswords(Map.of("team", Stage.PASSWORD));
        scene = new RbacScene(registry);
        scene.stage.apply(Files.readString(ProjectRoot.path().resolve("src/test/resources/rbac/diagnose.yaml")));
        RealCluster.get().endContainer("ci", "failed", 3);
    }

    @AfterEach
    void stop() {
        scene.stage.kubectl("delete pod failed -n ci --force --grace-period=0");
        scene.stage.kubectl("delete pod workflow-controller-1 -n argo --force --grace-period=0");
        registry.close();
    }

    @Test
    void shouldReadEverythingWithThem() {
        String[] all =
                Stream.concat(Stream.of(BESIDE), Stream.of("diagnose.yaml")).toArray(String[]::new);
        assertThat(run(scene.jenkins(all)).lines().filter(line -> !line.contains(NO_KUBELET)))
                .isEmpty();
    }

    @Test
    void shouldNeedEachLine() {
        scene.eachLineIsNeeded("diagnose.yaml", this::run, BESIDE);
    }

    /**
     * Diagnoses a workflow by its name with logs, by labels, without a controller, and while it is followed. Returns
     * the missing rights.
     */
    private String run(ClusterGateway user) {
        try (user;
                RegistryProbe probe = new RegistryProbe(RegistrySettings.defaults())) {
            Diagnose diagnose = new Diagnose(user, probe, 8);
            return Stream.concat(
                            Stream.of(request("failed", ""), request("", "team=build"), request("ignored", ""))
                                    .map(diagnose::run)
                                    .flatMap(DiagnoseRbacTest::missing),
                            Stream.of(followed(user)))
                    .collect(Collectors.joining("\n"));
        }
    }

    private static DiagnoseRequest request(String name, String labels) {
        Optional<Instant> later = Optional.of(Instant.now().plus(Duration.ofHours(2)));
        return new DiagnoseRequest("ci", name, labels, "argo", LogSource.read("--logs"), List.of(), later);
    }

    private static Stream<String> missing(Diagnosis diagnosis) {
        return diagnosis.unknown().stream().map(each -> each.missingRight() + " (" + each.reason() + ")");
    }

    private static String followed(ClusterGateway user) {
        CompletableFuture<String> why = new CompletableFuture<>();
        try (LiveCluster live = user.live().orElseThrow()) {
            live.watch(Resource.WORKFLOWS, "ci", "", live.version(Resource.WORKFLOWS, "ci", ""), new WatchListener() {
                @Override
                public void changed(Change change, com.fasterxml.jackson.databind.node.ObjectNode object) {
                    why.complete("");
                }

                @Override
                public void ended(Optional<ClusterException> failure) {
                    why.complete(failure.map(Throwable::getMessage).orElse(""));
                }
            });
            RealCluster.get()
                    .api()
                    .mergePatch(
                            "/apis/argoproj.io/v1alpha1/namespaces/ci/workflows/ignored",
                            Map.of(
                                    "metadata",
                                    Map.of(
                                            "annotations",
                                            Map.of("at", Instant.now().toString()))));
            return why.join()
                    .replaceAll(
                            ".*cannot (\\w+) resource \"(\\w+)\" in API group \"argoproj.io\".*", "$1 $2.argoproj.io");
        } catch (ClusterException e) {
            return e.getMessage();
        }
    }
}
