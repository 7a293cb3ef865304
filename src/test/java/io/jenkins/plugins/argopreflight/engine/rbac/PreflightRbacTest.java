package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.PreflightRequest;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.story.Stage;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.Requests;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests of {@code docs/rbac} for a preflight: with them it knows everything, and each line of them is needed. */
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
@ExtendWith(InRun.class)
class PreflightRbacTest {

    private static final String[] FILES = {
        "preflight.yaml", "preflight-controller.yaml", "preflight-dry-run.yaml", "preflight-cluster.yaml", "submit.yaml"
    };
    private static final String[] OBJECTS = {
        "preflight.yaml", "preflight-controller.yaml", "preflight-dry-run.yaml", "preflight-cluster.yaml"
    };
    private static final List<String> NAMES =
            List.of("workflow/running", "cronworkflow/nightly", "pod/tool", "workflowtemplate/shared");

    private RealRegistry registry;
    private RbacScene scene;

    @BeforeEach
    void setUp() throws IOException {
        registry = RealRegistry.withPasswords(Map.of("team", Stage.PASSWORD));
        scene = new RbacScene(registry);
        everything(scene.stage);
    }

    /** Makes the stage's workflow one that refers to objects of every kind, which are all there. */
    static void everything(Stage stage) throws IOException {
        stage.references();
        stage.apply(text("cluster.yaml"));
        stage.workflow().removeAll();
        stage.workflow().setAll(Stage.yaml(text("workflow.yaml")));
    }

    private static String text(String file) throws IOException {
        return Files.readString(
                ProjectRoot.path().resolve("src/test/resources/rbac").resolve(file));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void shouldKnowEverythingWithThem() {
        Report report = scene.stage.check(scene.jenkins(FILES));

        assertThat(report.findings()).isEmpty();
        assertThat(report.unknown()).isEmpty();
        assertThat(report.missingRole()).isEmpty();
        assertThat(report.result()).isEqualTo(RunResult.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"preflight.yaml", "preflight-dry-run.yaml", "preflight-cluster.yaml", "submit.yaml"})
    void shouldNeedEachLine(String file) {
        eachLineIsNeeded(file);
    }

    @Test
    void shouldNeedEachLineAboutAControllerWithoutADeployment() {
        scene.stage.kubectl("delete deployments --all -n ARGO");

        eachLineIsNeeded("preflight-controller.yaml");
    }

    private void eachLineIsNeeded(String file) {
        scene.eachLineIsNeeded(
                file,
                user -> forLog(scene.stage.check(user)),
                Stream.of(FILES).filter(other -> !other.equals(file)).toArray(String[]::new));
    }

    @Test
    void shouldNeedTheStatusOfTheAutoscalerWhereNoNodeOfACloudFits() {
        scene.stage.apply("""
            apiVersion: v1
            kind: Node
            metadata: {name: cloud-CI}
            spec: {providerID: "aws:///eu-west-1a/i-0abc"}
            """);
        scene.stage.spec().set("nodeSelector", Stage.yaml("pool: gpu"));
        try {
            scene.eachLineIsNeeded("preflight-autoscaler.yaml", user -> forLog(scene.stage.check(user)), FILES);
            String[] all = Stream.concat(Stream.of(FILES), Stream.of("preflight-autoscaler.yaml"))
                    .toArray(String[]::new);
            assertThat(forLog(scene.stage.check(scene.jenkins(all)))).isEmpty();
        } finally {
            scene.stage.kubectl("delete node cloud-CI");
        }
    }

    @Test
    void shouldJudgeWhatIsInTheCluster() throws IOException {
        scene.stage.apply(text("objects.yaml"));

        String[] all = Stream.concat(Stream.of(OBJECTS), Stream.of("preflight-objects.yaml", "submit.yaml"))
                .toArray(String[]::new);
        Report report = objects(scene.jenkins(all));

        assertThat(report.unknown()).isEmpty();
        assertThat(report.subjects()).hasSize(NAMES.size());
    }

    @Test
    void shouldNeedEachLineForWhatIsInTheCluster() throws IOException {
        scene.stage.apply(text("objects.yaml"));

        scene.eachLineIsNeeded("preflight-objects.yaml", user -> forLog(objects(user)), OBJECTS);
    }

    @Test
    void shouldReportMoreWithEachLineForRemedies() {
        scene.stage.kubectl("patch serviceaccount default -n CI -p '{\"imagePullSecrets\": []}' --type merge");
        scene.stage.kubectl("patch role executor -n CI --type json"
                + " -p '[{\"op\": \"remove\", \"path\": \"/rules/0/verbs/1\"}]'");
        scene.stage.kubectl("create serviceaccount other -n CI --dry-run=client -o yaml | kubectl apply -f -");
        scene.stage.kubectl("patch serviceaccount other -n CI -p '{\"imagePullSecrets\": [{\"name\": \"regcred\"}]}'");
        pulledWithoutSecrets("HOST/team/image:v1.3");

        scene.eachLineReportsMore(
                "preflight-remedies.yaml",
                user -> scene.stage.check(user).findings().stream()
                        .map(finding -> finding.subject() + finding.message() + finding.remediation())
                        .collect(Collectors.joining("\n"))
                        .replaceAll("user-\\d+|system:serviceaccount:jenkins:argo-preflight", "USER"),
                FILES);
    }

    /** Adds a sidecar with the image, and the event that a node pulled it for a pod that runs without pull Secrets. */
    private void pulledWithoutSecrets(String image) {
        ObjectNode container = (ObjectNode) scene.stage.spec().at("/templates/1/container");
        ObjectNode sidecar = ((ObjectNode) scene.stage.spec().at("/templates/1"))
                .putArray("sidecars")
                .addObject();
        sidecar.setAll(container);
        sidecar.put("name", "other").put("image", scene.stage.here(image));
        String pod = "/api/v1/namespaces/ci/pods/cache";
        RealCluster cluster = scene.stage.cluster();
        cluster.api().mergePatch(pod + "/status", Map.of("status", Map.of("phase", "Running")));
        String uid = cluster.api().get(pod).at("/metadata/uid").asText();
        scene.stage.apply("""
            apiVersion: v1
            kind: Event
            metadata: {name: pulled, namespace: CI}
            type: Normal
            reason: Pulled
            message: Successfully pulled image "%s" in 1s
            involvedObject: {apiVersion: v1, kind: Pod, namespace: CI, name: cache, uid: %s}
            """.formatted(image, uid));
    }

    private Report objects(ClusterGateway as) {
        WorkflowRequest files = scene.stage.request().collectRequest().workflows();
        PreflightRequest names = Requests.of(List.of(), NAMES, files.namespace(), files.argoNamespace());
        try (as;
                RegistryProbe probe = new RegistryProbe(RegistrySettings.defaults())) {
            return Remediation.inShell(new Preflight(Fact.known(as), probe, 8).run(names));
        }
    }

    private static String forLog(Report report) {
        return Stream.concat(
                        report.findings().stream()
                                .filter(finding -> finding.outcome() == Outcome.UNKNOWN
                                        || finding.check().equals("may-submit"))
                                .map(Finding::message),
                        report.unknown().stream().map(Report.UnknownRow::missingRight))
                .collect(Collectors.joining("\n"));
    }
}
