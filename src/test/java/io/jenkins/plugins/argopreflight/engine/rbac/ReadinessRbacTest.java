package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.preflight.ClusterReadiness;
import io.jenkins.plugins.argopreflight.engine.preflight.ClusterReadiness.Step;
import io.jenkins.plugins.argopreflight.engine.preflight.StepRights;
import io.jenkins.plugins.argopreflight.engine.story.Paste;
import io.jenkins.plugins.argopreflight.engine.story.Stage;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The one command of {@code docs/rbac/README.md}, run as it is printed, against what Test connection asks for. */
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
class ReadinessRbacTest {

    private RealRegistry registry;
    private RbacScene scene;

    @BeforeEach
    void setUp() throws Exception {
        registry = RealRegistry.withPasswords(Map.of("team", Stage.PASSWORD));
        scene = new RbacScene(registry);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static List<StepRights> all() {
        return List.of(StepRights.values());
    }

    /** The API server's authorizer knows of a new Role a moment later. */
    private static ClusterReadiness settled(ClusterGateway cluster, StepRights... expected) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(10));
        while (true) {
            ClusterReadiness found = ClusterReadiness.of(cluster, "ci", "argo", all());
            boolean ready = found.steps().stream()
                    .filter(step -> List.of(expected).contains(step.step()))
                    .allMatch(Step::isReady);
            if (ready || Instant.now().isAfter(end)) {
                return found;
            }
            Thread.sleep(100);
        }
    }

    @Test
    void shouldGrantWhatTheStepsNeedWithOneCommand() throws Exception {
        scene.apply(Identity.ofServiceAccount("jenkins", "argo-preflight"));
        String readme = Files.readString(RbacManifests.FOLDER.resolve("README.md"));
        String command = readme.lines()
                .filter(line -> line.startsWith("docs/rbac/rbac.sh --namespace ci --argo argo"))
                .findFirst()
                .orElseThrow();
        assertThat(command).endsWith("| kubectl apply -f -");
        new Paste(scene.stage)
                .shell("cd " + RbacManifests.FOLDER.getParent().getParent() + "\n" + command + "\n"
                        + command.replace("apply -f -", "label -f - rbac=applied") + "\n");
        ClusterGateway jenkins = scene.account("argo-preflight");

        ClusterReadiness found =
                settled(jenkins, StepRights.SECRET, StepRights.PREFLIGHT, StepRights.SUBMIT, StepRights.DIAGNOSE);

        assertThat(found.identity().ifKnown().map(Identity::user))
                .contains("system:serviceaccount:jenkins:argo-preflight");
        assertThat(found.anonymous()).isFalse();
        assertThat(found.steps().stream()
                        .filter(Step::isReady)
                        .map(step -> step.step().function()))
                .containsExactly("argoRegistrySecret", "argoPreflight", "argoSubmit", "argoDiagnose");
        assertThat(scene.stage.check(jenkins).findings())
                .as("about Jenkins' own rights")
                .noneMatch(finding -> finding.check().equals("may-submit") && finding.outcome() == Outcome.FAIL);
    }

    @Test
    void shouldReportWhatEachStepLacks() throws Exception {
        ClusterGateway jenkins = scene.jenkins("registry-secret.yaml");

        ClusterReadiness found = settled(jenkins, StepRights.SECRET);

        Step block = found.steps().get(1);
        assertThat(block.step()).isEqualTo(StepRights.SECRET_BLOCK);
        assertThat(block.missing()).hasToString("[delete secrets in namespace ci]");
        assertThat(found.steps().get(2).missing().toString())
                .contains("get configmaps in namespace ci", "list deployments.apps in namespace argo");
        assertThat(found.argo().toString()).contains("deployments");
    }

    @Test
    void shouldReportThatNoCredentialWasAccepted() throws Exception {
        String authority = Files.readString(scene.stage.cluster().certificateAuthority());
        ClusterEndpoint endpoint = ClusterEndpoint.of(
                "test", scene.stage.cluster().url(), new Trust(authority, false, ""), ClusterLogin.anonymous());
        try (ClusterGateway nobody = Fabric8Gateway.connect(ClusterConnection.DEFAULT.to(endpoint))) {
            assertThat(ClusterReadiness.of(nobody, "ci", "argo", all()).anonymous())
                    .isTrue();
        }
    }
}
