package io.jenkins.plugins.argopreflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.cli.Ran;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pods} with a cluster that has a controller's configuration, templates and ServiceAccounts. */
@NeedsServers(Server.CLUSTER)
class PodsClusterTest {

    private static final Path FILES = ProjectRoot.path().resolve("central/cli/src/test/resources/pods");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static RealCluster cluster;
    private static String argo;
    private static String namespace;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        cluster = RealCluster.get();
        argo = cluster.namespace("argo");
        namespace = cluster.namespace("pods");
        String templates = "/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/workflowtemplates";
        cluster.serviceAccount(namespace, "default");
        List<Document> objects = documents("templates.yaml");
        cluster.api().create(templates, objects.get(0).root());
        cluster.api()
                .create(
                        "/api/v1/namespaces/" + namespace + "/serviceaccounts",
                        objects.get(1).root());
        List<Document> controller = documents("controller.yaml");
        cluster.api()
                .create(
                        "/api/v1/namespaces/" + argo + "/configmaps",
                        Map.of(
                                "metadata", Map.of("name", controller.get(0).name()),
                                "data", controller.get(0).root().path("data")));
        cluster.api().create("/apis/apps/v1/namespaces/" + argo + "/deployments", deployment(controller.get(1)));
    }

    private static List<Document> documents(String file) throws IOException {
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT)) {
            return new ManifestReader().readAll(FILES.resolve(file));
        }
    }

    private static JsonNode deployment(Document document) {
        Map<String, String> labels = Map.of("app", "workflow-controller");
        return JSON.valueToTree(Map.of(
                "metadata", Map.of("name", "workflow-controller"),
                "spec",
                        Map.of(
                                "selector", Map.of("matchLabels", labels),
                                "template",
                                        Map.of(
                                                "metadata", Map.of("labels", labels),
                                                "spec", document.root().at("/spec/template/spec")))));
    }

    private static Ran pods(Path kubeconfig, String file, String... more) {
        List<String> args =
                new ArrayList<>(List.of("pods", "-f", FILES.resolve(file).toString(), "-n", namespace));
        args.addAll(List.of("--kubeconfig", kubeconfig.toString(), "--argo-namespace", argo));
        args.addAll(List.of(more));
        Ran ran = Ran.with(args.toArray(String[]::new));
        return new Ran(ran.exit(), ran.out().replace(FILES + "/", ""), ran.err().replace(FILES + "/", ""));
    }

    @Test
    void shouldTakeWhatNoFileSaysFromTheCluster() {
        Ran ran = pods(cluster.adminKubeconfig(), "steps.yaml");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .startsWith("# Pods as Argo v3.6.4 creates them, with the controller's settings of ConfigMap"
                        + " \"workflow-controller-configmap\" in namespace " + argo + " of the cluster\n---\n")
                .contains("# template build (WorkflowTemplate \"tools\" in namespace " + namespace + " of the cluster)")
                .contains("- name: regcred  # ServiceAccount, by admission: imagePullSecrets[0] (ServiceAccount"
                        + " \"builder\" in namespace " + namespace + " of the cluster)")
                .contains("image: registry.example.com/argoexec:v3.6.4\n");
    }

    @Test
    void shouldPrintTheSamePodsAsFromFiles() throws IOException {
        JsonNode asked = JSON.readTree(
                pods(cluster.adminKubeconfig(), "steps.yaml", "-o", "json").out());
        JsonNode given = JSON.readTree(Ran.with(
                        "pods",
                        "--no-cluster",
                        "-n",
                        namespace,
                        "-o",
                        "json",
                        "-f",
                        FILES.resolve("steps.yaml").toString(),
                        "-f",
                        FILES.resolve("templates.yaml").toString(),
                        "--controller-config",
                        FILES.resolve("controller.yaml").toString())
                .out());
        assertThat(asked.path("pods")).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(pod(asked, i)).isEqualTo(pod(given, i));
        }
    }

    /**
     * Returns a pod without the text of the pod's template: the API server stores the template's fields in another
     * order.
     */
    private static JsonNode pod(JsonNode report, int i) {
        JsonNode pod = report.at("/pods/" + i + "/pod");
        for (JsonNode variable : pod.at("/spec/initContainers/0/env")) {
            if (variable.path("name").asText().equals("ARGO_TEMPLATE")) {
                ((ObjectNode) variable).remove("value");
            }
        }
        return pod;
    }

    @Test
    void shouldOnlyReadAndEachThingOnce() throws IOException {
        User user = cluster.userWith(
                Right.of("list", "apps", "deployments", argo),
                Right.of("get", "", "configmaps", argo),
                Right.of("get", "", "configmaps", namespace),
                Right.of("get", "", "serviceaccounts", namespace),
                Right.of("get", "argoproj.io", "workflowtemplates", namespace));
        Ran ran = pods(cluster.kubeconfig(user), "steps.yaml", "-o", "json");
        assertThat(ran.exit()).isZero();
        JsonNode report = JSON.readTree(ran.out());
        assertThat(report.path("unknown")).isEmpty();
        assertThat(report.at("/cost/apiCalls").asInt()).isEqualTo(5);
        assertThat(cluster.requests(user))
                .hasSize(5)
                .allSatisfy(request -> assertThat(request.verb()).isIn("get", "list"));
    }

    @Test
    void shouldNameEachRightThatIsMissing() {
        User user = cluster.userWith();
        Ran ran = pods(cluster.kubeconfig(user), "steps.yaml");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err())
                .contains(
                        "steps.yaml:12:9: ",
                        "WorkflowTemplate \"tools\" could not be looked up: " + user.name() + " is not"
                                + " allowed to get workflowtemplates.argoproj.io \"tools\" in namespace " + namespace);
        assertThat(ran.out())
                .contains(
                        "# Not known, as " + user.name()
                                + " is not allowed to get deployments.apps \"workflow-controller\" in namespace " + argo
                                + ":\n" + "#   the controller's flags",
                        "# Not known, as " + user.name()
                                + " is not allowed to get serviceaccounts \"builder\" in namespace " + namespace
                                + ":\n");
    }

    @Test
    void shouldSayWhatIsMissingInTheCluster() {
        Ran ran = pods(cluster.adminKubeconfig(), "wrong.yaml");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err().lines().toList())
                .containsExactly(
                        "wrong.yaml:12:9: spec.templates[0].dag.tasks[0]: WorkflowTemplate \"gone\" not found",
                        "wrong.yaml:7:3: spec.serviceAccountName: error looking up service account " + namespace
                                + "/nobody: serviceaccount \"nobody\" not found: no pod of it will be created");
    }

    @Test
    void shouldGoOnWithoutAClusterThatDoesNotAnswer() throws IOException {
        Path kubeconfig = Files.writeString(
                folder.resolve("kubeconfig"),
                Files.readString(cluster.adminKubeconfig()).replace(cluster.url(), "https://127.0.0.1:1"));
        long start = System.nanoTime();
        Ran ran = pods(kubeconfig, "cron.yaml");
        assertThat(ran.exit()).as(ran.err()).isEqualTo(3);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).contains("127.0.0.1:1", "taken as v4.1.2; give --argo-version", "# template clean");
        assertThat(System.nanoTime() - start)
                .as("asked once, not for each thing")
                .isLessThan(20_000_000_000L);
    }
}
