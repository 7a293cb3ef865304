package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jenkins.plugins.argopreflight.engine.kubernetes.AccessLimits;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer.Output;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServerAddress;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.LimitedArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.ScriptedServer.Answer;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import io.jenkins.plugins.argopreflight.engine.util.http.AllowedHosts;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Argo Server's answers are those of the version 4.0.5, as its gRPC gateway writes them. */
class ArgoServerTest {

    private static final Password TOKEN = Password.of(ScriptedServer.TOKEN);
    private static final Answer ABSENT = Answer.of(404, "{\"code\":5,\"message\":\"not found\"}");
    private static final Output LOG = Output.logOf("ci", "build-1", "", "build-1-7", "main");

    private static String workflow(String namespace, String name, String uid) {
        return """
                {"metadata":{"namespace":"%s","name":"%s","uid":"%s","creationTimestamp":"2026-01-01T00:00:00Z"},
                "spec":{},"status":{"phase":"Failed"}}""".formatted(namespace, name, uid);
    }

    private static ClusterConnection cluster(ClusterLogin login) {
        return ClusterConnection.DEFAULT.to(
                ClusterEndpoint.of("cluster \"prod\"", "https://203.0.113.7", new Trust("", false, ""), login));
    }

    private static ArgoServerAddress address(String url, Optional<ClusterLogin> login) {
        return new ArgoServerAddress("the Argo Server of cluster \"prod\"", url, "", true, login);
    }

    private static ArgoServer connect(ScriptedServer server) {
        return Fabric8ArgoServer.connect(
                cluster(ClusterLogin.token(TOKEN)), address(server.url() + "/argo/", Optional.empty()));
    }

    @Test
    void shouldReadAWorkflowBelowItsBasePath() throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, workflow("ci", "build-1", "u-1")));
                ArgoServer argo = connect(server)) {
            assertThat(argo.workflow("ci", "build-1", "u-1"))
                    .hasValueSatisfying(
                            found -> assertThat(KubeObjects.name(found)).isEqualTo("build-1"));
            assertThat(server.requests).containsExactly("GET /argo/api/v1/workflows/ci/build-1?uid=u-1");
        }
    }

    /** Argo Server before 3.5 finds an archived workflow only by its uid. */
    @Test
    void shouldFindTheNewestArchivedWorkflowOfTheName() throws IOException {
        String list = "{\"items\":[" + workflow("ci", "build-1", "u-1") + ","
                + workflow("ci", "build-1", "u-2").replace("2026-01-01", "2026-02-02") + "]}";
        try (ScriptedServer server = new ScriptedServer(
                        ABSENT, Answer.of(200, list), Answer.of(200, workflow("ci", "build-1", "u-2")));
                ArgoServer argo = connect(server)) {
            assertThat(argo.workflow("ci", "build-1", "")).map(KubeObjects::uid).contains("u-2");
            assertThat(server.requests.get(1))
                    .contains("listOptions.fieldSelector=metadata.namespace%3Dci%2Cmetadata.name%3Dbuild-1");
            assertThat(server.requests.get(2)).isEqualTo("GET /argo/api/v1/archived-workflows/u-2");
        }
    }

    @Test
    void shouldNotReturnAWorkflowOfAnotherNamespace() throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, workflow("secret", "build-1", "u-1")));
                ArgoServer argo = connect(server)) {
            assertThat(argo.workflow("ci", "build-1", "")).isEmpty();
        }
        String list = "{\"items\":[" + workflow("secret", "build-1", "u-1") + "]}";
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, list));
                ArgoServer argo = connect(server)) {
            assertThat(argo.archived("ci", "", 5)).isEmpty();
        }
    }

    @Test
    void shouldReturnNothingWhenNoArchiveIsConfigured() throws IOException {
        try (ScriptedServer server =
                        new ScriptedServer(ABSENT, Answer.of(200, "{\"metadata\":{},\"items\":null}"), ABSENT);
                ArgoServer argo = connect(server)) {
            assertThat(argo.workflow("ci", "build-1", "")).isEmpty();
        }
    }

    @Test
    void shouldReadTheEndOfAnArchivedLog() throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, "one\ntwo\nthree\n"));
                ArgoServer argo = connect(server)) {
            assertThat(argo.log(LOG, 2)).containsExactly("two", "three");
            assertThat(server.requests).containsExactly("GET /argo/artifacts/ci/build-1/build-1-7/main-logs");
        }
    }

    @Test
    void shouldReadAnArtifactOfAnArchivedWorkflowByItsUid() throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(404, "Not Found"), Answer.of(200, "content"));
                ArgoServer argo = connect(server)) {
            ByteArrayOutputStream into = new ByteArrayOutputStream();
            argo.artifact(new Output("ci", "build-1", "u-1", "build-1-7", "report"), into, 100);
            assertThat(into.toString(StandardCharsets.UTF_8)).isEqualTo("content");
            assertThat(server.requests.get(1)).isEqualTo("GET /argo/artifacts-by-uid/u-1/build-1-7/report");
        }
    }

    @Test
    void shouldEndAtTheLimitOfAnArtifact() throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, "x".repeat(100_000)));
                ArgoServer argo = connect(server)) {
            ByteArrayOutputStream into = new ByteArrayOutputStream();
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(() -> argo.artifact(LOG, into, 20_000))
                    .withMessageContaining("larger than 20000 bytes")
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(ClusterException.Kind.TOO_LARGE));
            assertThat(into.size()).isLessThanOrEqualTo(20_000);
        }
    }

    @Test
    void shouldReportAStreamThatCannotBeWritten() throws IOException {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("no space left on device");
            }
        };
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, "content"));
                ArgoServer argo = connect(server)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> argo.artifact(LOG, full, 100))
                    .withMessageContaining("no space left on device");
        }
    }

    /** A proxy or a hostile server can repeat the token in what it answers. */
    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED, auth-mode=client",
        "403, FORBIDDEN, not allowed to get",
        "307, INVALID, HTTP 307",
        "501, SERVER_ERROR, HTTP 501",
        "200, SERVER_ERROR, not the answer of Argo Server"
    })
    void shouldSayWhatWentWrongWithoutRepeatingTheAnswer(int code, ClusterException.Kind kind, String says)
            throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(code, "[\"Bearer canary-token\"]"));
                ArgoServer argo = connect(server)) {
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(() -> argo.workflow("ci", "build-1", "u-1"))
                    .withMessageContaining(says)
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"));
        }
    }

    @Test
    void shouldAskNothingOfANamespaceThatIsNotAllowed() throws IOException {
        AccessLimits limits = new AccessLimits("cluster \"prod\"", List.of("ci"), "argo", true);
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, "{}"));
                ArgoServer argo = new LimitedArgoServer(connect(server), limits)) {
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(() -> argo.workflow("secret", "build-1", ""))
                    .withMessageContaining("namespace secret is not in allowedNamespaces");
            assertThatExceptionOfType(ClusterException.class).isThrownBy(() -> argo.archived("argo", "", 1));
            assertThatExceptionOfType(ClusterException.class)
                    .isThrownBy(() -> argo.log(Output.logOf("secret", "b", "", "n", "main"), 1));
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void shouldHoldTheAddressToThePolicy() throws IOException {
        AddressPolicy closed = AddressPolicy.publicAnd(AllowedHosts.NONE, entry -> "add " + entry);
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, "{}"))) {
            ClusterConnection cluster = cluster(ClusterLogin.token(TOKEN)).within(closed);
            assertThatExceptionOfType(KubeconfigException.class)
                    .isThrownBy(() -> Fabric8ArgoServer.connect(cluster, address(server.url(), Optional.empty())))
                    .withMessageContaining("address not allowed");
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void shouldRefuseALoginThatArgoServerDoesNotKnow() {
        ArgoServerAddress address = address("https://203.0.113.8", Optional.empty());
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> Fabric8ArgoServer.connect(
                        cluster(ClusterLogin.certificate("chain", Password.of("key"))), address))
                .withMessageContaining("does not accept the client certificate");
        assertThatExceptionOfType(KubeconfigException.class)
                .isThrownBy(() -> Fabric8ArgoServer.connect(
                        cluster(ClusterLogin.token(TOKEN)).impersonating("jane"), address))
                .withMessageContaining("cannot impersonate jane");
    }

    @ParameterizedTest
    @CsvSource({
        "http://argo.example.com, is plain http",
        "argo.example.com:2746, does not begin with https",
        "https://u@argo.example.com, must hold no user",
        "https://argo example.com, is not the URL of a server"
    })
    void shouldRefuseAUrlThatIsNone(String url, String says) {
        assertThat(ArgoServerAddress.problem(url, false))
                .hasValueSatisfying(problem -> assertThat(problem).contains(says));
    }

    @Test
    void shouldLeadToThePageOfAWorkflow() {
        assertThat(ArgoServerAddress.page("https://argo.example.com/argo//", "ci", "build-1", "u-1"))
                .isEqualTo("https://argo.example.com/argo/workflows/ci/build-1?uid=u-1");
    }
}
