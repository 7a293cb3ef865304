package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Diagnose;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer.Output;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServerAddress;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealArgoServer;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Argo Server, asked with tokens of ServiceAccounts; it has no archive, as it has no database. */
@NeedsServers({Server.CLUSTER, Server.ARGO_SERVER})
@ExtendWith(InRun.class)
class ArgoServerOnServerTest {

    private static final RealCluster CLUSTER = RealCluster.get();
    private static String namespace;
    private static RealArgoServer server;

    @BeforeAll
    static void start() {
        namespace = CLUSTER.namespace("argo-server");
        CLUSTER.api()
                .create(
                        "/api/v1/namespaces/" + namespace + "/configmaps",
                        Map.of("metadata", Map.of("name", "workflow-controller-configmap")));
        Map<String, Object> node = Map.of(
                "id", "build", "name", "build", "type", "Pod", "phase", "Failed", "message", "Error (exit code 3)");
        CLUSTER.api()
                .create(
                        "/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/workflows",
                        Map.of(
                                "apiVersion",
                                "argoproj.io/v1alpha1",
                                "kind",
                                "Workflow",
                                "metadata",
                                Map.of("name", "build"),
                                "spec",
                                Map.of("entrypoint", "main", "templates", List.of()),
                                "status",
                                Map.of("phase", "Failed", "nodes", Map.of("build", node))));
        server = new RealArgoServer(namespace);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** The token of a new ServiceAccount with these rights. */
    private static String token(String name, Right... rights) {
        CLUSTER.serviceAccount(namespace, name);
        CLUSTER.grant(new User("system:serviceaccount:" + namespace + ":" + name, ""), rights);
        JsonNode answer = CLUSTER.api()
                .create(
                        "/api/v1/namespaces/" + namespace + "/serviceaccounts/" + name + "/token",
                        Map.of("spec", Map.of("expirationSeconds", 3600)));
        return answer.at("/status/token").asText();
    }

    private static Right right(String verb, String resource) {
        return new Right(verb, "argoproj.io", resource, "", namespace, "");
    }

    private static ArgoServer connect(String token) {
        ClusterConnection cluster = ClusterConnection.DEFAULT.to(ClusterEndpoint.of(
                "the cluster", CLUSTER.url(), new Trust("", true, ""), ClusterLogin.token(Password.of(token))));
        return Fabric8ArgoServer.connect(
                cluster, new ArgoServerAddress("the Argo Server", server.url(), "", true, Optional.empty()));
    }

    @Test
    void shouldReadAWorkflowItsVersionAndUser() {
        try (ArgoServer argo = connect(token("reader", right("get", "workflows"), right("list", "workflows")))) {
            assertThat(argo.version()).startsWith("v4.0.");
            assertThat(argo.user()).contains("reader");
            ObjectNode workflow = argo.workflow(namespace, "build", "").orElseThrow();
            assertThat(Json.text(workflow, "status", "phase")).isEqualTo("Failed");
            assertThat(argo.workflow(namespace, "no-such", "")).isEmpty();
            assertThat(argo.archived(namespace, "", 5)).isEmpty();
        }
    }

    @Test
    void shouldNotFindALogThatIsNotArchived() {
        try (ArgoServer argo = connect(token("logs", right("get", "workflows"), right("list", "workflows")))) {
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(() -> argo.log(Output.logOf(namespace, "build", "", "build", "main"), 10))
                    .withMessageContaining("/artifacts/" + namespace + "/build/build/main-logs: HTTP ");
        }
    }

    @Test
    void shouldReportATokenThatTheClusterDoesNotKnow() {
        try (ArgoServer argo = connect("expired")) {
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(() -> argo.workflow(namespace, "build", ""))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED))
                    .withMessage(server.url() + ": Argo Server does not accept this credential; it has possibly"
                            + " expired, or the server does not run with --auth-mode=client");
        }
    }

    @Test
    void shouldReportAMissingRight() {
        try (ArgoServer argo = connect(token("stranger"))) {
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(() -> argo.workflow(namespace, "build", ""))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN))
                    .withMessageContaining("not allowed to get workflows");
        }
    }

    @Test
    void shouldDiagnoseWhatIsGoneEverywhereAsUnknown() {
        try (ArgoServer argo = connect(token("diagnoser", right("get", "workflows"), right("list", "workflows")));
                ClusterGateway gateway =
                        Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(CLUSTER.adminKubeconfig()))) {
            Diagnosis diagnosis = new Diagnose(gateway, new NoRegistry(), 4)
                    .withArgoServer(Optional.of(argo))
                    .run(DiagnoseRequest.of(namespace, "no-such", "argo"));
            assertThat(diagnosis.causes()).isEmpty();
            assertThat(diagnosis.exitCode()).isEqualTo(3);
        }
    }
}
