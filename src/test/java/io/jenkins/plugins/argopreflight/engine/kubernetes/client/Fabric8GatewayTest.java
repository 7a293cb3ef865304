package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterSource;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.FieldError;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.ScriptedServer.Answer;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InRun.class)
class Fabric8GatewayTest {

    private static final Answer FOUND = Answer.of(200, "{\"kind\":\"Secret\",\"metadata\":{\"name\":\"regcred\"}}");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 429, 500, 502, 503, 504})
    void shouldReadAgainAfterAFailureThatPasses(int code) throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(code, ""), Answer.of(code, ""), FOUND)) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));

            assertThat(gateway.get(SECRETS, "ci", "regcred")).isPresent();
            assertThat(server.requests).hasSize(3).containsOnly("GET /api/v1/namespaces/ci/secrets/regcred");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, '', UNREACHABLE, 1",
        "500, '', SERVER_ERROR, 1",
        "502, '', SERVER_ERROR, 1",
        "503, '', SERVER_ERROR, 1",
        "504, '', TIMEOUT, 1",
        "429, '', TOO_MANY_REQUESTS, 6",
        "429, '120', TOO_MANY_REQUESTS, 1"
    })
    void shouldNeverRepeatAWriteThatMayBeDone(int code, String retryAfter, Kind kind, int requests) throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(code, "").retryAfter(retryAfter))) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));

            ClusterException failed =
                    failure(() -> gateway.replace(SECRETS, KubeObjects.of(SECRETS, "ci", "regcred"), WriteMode.REAL));

            assertThat(failed.kind()).isEqualTo(kind);
            assertThat(failed.kind().maybeApplied()).isEqualTo(code != 429);
            assertThat(server.requests).hasSize(requests);
        }
    }

    @ParameterizedTest
    @CsvSource({"429, 1", "503, 1"})
    void shouldWriteAgainWhenTheServerSaysWhen(int code, String retryAfter) throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(code, "").retryAfter(retryAfter), FOUND)) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));
            long start = System.nanoTime();

            gateway.replace(SECRETS, KubeObjects.of(SECRETS, "ci", "regcred"), WriteMode.REAL);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(server.requests).hasSize(2);
        }
    }

    @Test
    void shouldTakeNoVersionFromWhatIsNoApiServer() throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(200, "{\"build\":\"7\"}"))) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));

            assertThat(failure(gateway::version))
                    .hasMessageContaining("/version: this is not the answer of an API server");
        }
    }

    @Test
    void shouldRepeatADryRunAndAReview() throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.cut(), FOUND, Answer.of(500, ""), FOUND)) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));

            gateway.create(SECRETS, KubeObjects.of(SECRETS, "ci", "regcred"), WriteMode.DRY_RUN);
            Resource reviews = Resource.SELF_SUBJECT_REVIEWS;
            gateway.create(reviews, KubeObjects.of(reviews, "", ""), WriteMode.REAL);

            assertThat(server.requests).hasSize(4);
            assertThat(server.requests.get(1))
                    .startsWith("POST /api/v1/namespaces/ci/secrets?dryRun=All&fieldValidation=Strict {");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, BadRequest, INVALID",
        "401, Unauthorized, UNAUTHORIZED",
        "403, Forbidden, FORBIDDEN",
        "404, NotFound, NOT_FOUND",
        "409, AlreadyExists, ALREADY_EXISTS",
        "409, Conflict, CONFLICT",
        "422, Invalid, INVALID",
        "500, InternalError, SERVER_ERROR"
    })
    void shouldReportARefusalInTheServersWords(int code, String reason, Kind kind) throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.status(code, reason, "the server says no"))) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));
            ObjectNode secret = KubeObjects.of(SECRETS, "ci", "regcred");
            secret.putObject("stringData").put("password", "canary-password");

            ClusterException refused = failure(() -> gateway.create(SECRETS, secret, WriteMode.REAL));

            assertThat(refused.kind()).isEqualTo(kind);
            assertThat(refused.getMessage()).contains(code == 401 ? "Unauthorized" : "the server says no");
            assertThat(everything(refused)).doesNotContain("canary");
        }
    }

    /** A policy's cause has no field, and a rule on the whole object has "<nil>". */
    @Test
    void shouldTakeTheInvalidFieldsFromTheCausesOfTheStatus() throws IOException {
        String status = """
                {"kind": "Status", "status": "Failure", "code": 422, "reason": "Invalid",
                 "message": "Pod \\"p\\" is invalid: spec.containers[0].image: Required value",
                 "details": {"name": "p", "kind": "Pod", "causes": [
                   {"reason": "FieldValueRequired", "message": "Required value", "field": "spec.containers[0].image"},
                   {"message": "denied"},
                   {"reason": "FieldValueInvalid", "message": "Invalid value: null", "field": "<nil>"}]}}
                """;
        try (ScriptedServer server = new ScriptedServer(Answer.of(422, status))) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));
            ObjectNode pod = KubeObjects.of(Resource.PODS, "ci", "p");

            ClusterException refused = failure(() -> gateway.create(Resource.PODS, pod, WriteMode.DRY_RUN));

            assertThat(refused.refusal().orElseThrow().fields())
                    .containsExactly(new FieldError("spec.containers[0].image", "Required value"));
            assertThat(refused.refusal().orElseThrow().message()).isEqualTo(refused.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | 404 page not found                  | true  | true",
                "404 | 404 page not found                  | false | false",
                "404 | ''                                  | true  | false",
                "404 | <h1>404 page not found</h1>         | true  | false",
                "404 | 404 page not found, go away         | true  | false",
                "404 | {\"error\": \"404 page not found\"} | true  | false",
                "403 | 404 page not found                  | true  | false",
                "503 | no healthy upstream                 | true  | false",
            })
    void shouldKnowThePathThatTheServerDoesNotHave(int code, String body, boolean isAudited, boolean isUnknown)
            throws IOException {
        Answer answer = Answer.of(code, body + "\n");
        try (ScriptedServer server = new ScriptedServer(isAudited ? answer.audited() : answer)) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));
            ObjectNode secret = KubeObjects.of(SECRETS, "ci", "regcred");

            ClusterException refused = failure(() -> gateway.create(SECRETS, secret, WriteMode.DRY_RUN));

            assertThat(refused.isOfUnknownPath()).isEqualTo(isUnknown);
            assertThat(refused.refusal()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404, '', namespaces, true",
        "404, '', secrets, false",
        "404, example.com, namespaces, false",
        "409, '', namespaces, false"
    })
    void shouldKnowANamespaceThatDoesNotExist(int code, String group, String kind, boolean isUnknown)
            throws IOException {
        String status = """
                {"kind": "Status", "status": "Failure", "code": %d, "message": "namespaces: no",
                 "details": {"name": "ci", "group": "%s", "kind": "%s"}}
                """.formatted(code, group, kind);
        try (ScriptedServer server = new ScriptedServer(Answer.of(code, status))) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));
            ObjectNode secret = KubeObjects.of(SECRETS, "ci", "regcred");

            ClusterException refused = failure(() -> gateway.create(SECRETS, secret, WriteMode.DRY_RUN));

            assertThat(refused.isOfUnknownNamespace()).isEqualTo(isUnknown);
        }
    }

    @Test
    void shouldRepeatNothingOfWhatAProxyWrote() throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(413, "<h1>You sent canary-password</h1>"))) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));

            ClusterException refused = failure(() -> gateway.get(SECRETS, "ci", "regcred"));

            assertThat(refused.getMessage())
                    .matches("GET http://127.0.0.1:\\d+/api/v1/namespaces/ci/secrets/regcred:"
                            + " HTTP 413 without a Kubernetes Status");
            assertThat(everything(refused)).doesNotContain("canary");
        }
    }

    @ParameterizedTest
    @CsvSource({"200, <h1>Log in</h1>", "200, {}", "302, ''", "200, ''"})
    void shouldNotTakeALoginPageForAnAnswer(int code, String body) throws IOException {
        try (ScriptedServer server = new ScriptedServer(Answer.of(code, body))) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));

            assertThat(failure(() -> gateway.list(SECRETS, "ci", "", "")).getMessage())
                    .contains("this is not the answer of an API server");
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void shouldReportAnAbsentKindFromAnAbsentObject() throws IOException {
        try (ScriptedServer server = new ScriptedServer(
                Answer.status(404, "NotFound", "the server could not find the requested resource"))) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));

            assertThat(failure(() -> gateway.get(SECRETS, "ci", "regcred")).kind())
                    .isEqualTo(Kind.NOT_FOUND);
        }
    }

    @Test
    void shouldReadAListAgainWhenItsNextPageIsGone() throws IOException {
        Answer first =
                Answer.of(200, "{\"metadata\":{\"continue\":\"a+b\"},\"items\":[{\"metadata\":{\"name\":\"1\"}}]}");
        Answer last = Answer.of(200, "{\"metadata\":{},\"items\":[{\"metadata\":{\"name\":\"2\"}}]}");
        Answer gone = Answer.status(410, "Expired", "The provided continue parameter is too old");
        try (ScriptedServer server = new ScriptedServer(first, gone, first, last)) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));

            assertThat(gateway.list(SECRETS, "", "team in (a)", ""))
                    .extracting(KubeObjects::name)
                    .containsExactly("1", "2");
            assertThat(server.requests)
                    .hasSize(4)
                    .last()
                    .isEqualTo("GET /api/v1/secrets?limit=500&labelSelector=team%20in%20%28a%29&continue=a%2Bb");
        }
    }

    @Test
    void shouldSendThePreconditionsAndTheDryRunOfADelete() throws IOException {
        try (ScriptedServer server = new ScriptedServer(FOUND)) {
            Fabric8Gateway.connect(server.connection(folder))
                    .delete(SECRETS, "ci", "regcred", "u", "7", WriteMode.DRY_RUN);

            assertThat(server.requests)
                    .containsExactly("DELETE /api/v1/namespaces/ci/secrets/regcred?dryRun=All"
                            + " {\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\",\"preconditions\":"
                            + "{\"uid\":\"u\",\"resourceVersion\":\"7\"},\"dryRun\":[\"All\"]}");
        }
    }

    @Test
    void shouldNotQuoteACredentialThatFitsNoHeader() throws IOException {
        try (ScriptedServer server = new ScriptedServer(FOUND)) {
            ClusterConnection connection = server.connection(folder);
            Path kubeconfig =
                    ((ClusterSource.Files) connection.source()).kubeconfigs().get(0);
            Files.writeString(
                    kubeconfig, Files.readString(kubeconfig).replace(ScriptedServer.TOKEN, "\"canary\\ntoken\""));

            ClusterException refused =
                    failure(() -> Fabric8Gateway.connect(connection).get(SECRETS, "ci", "regcred"));

            assertThat(refused.kind()).isEqualTo(Kind.INVALID);
            assertThat(everything(refused)).doesNotContain("canary");
            assertThat(server.requests).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"ci, ''", "'', regcred", "ci, .", "ci, ..", ".., regcred"})
    void shouldNotReachAnotherUrlByAName(String namespace, String name) throws IOException {
        try (ScriptedServer server = new ScriptedServer(FOUND)) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> gateway.delete(SECRETS, namespace, name, "", "", WriteMode.REAL));
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void shouldRunAsWideAsItsCallers() throws IOException {
        try (ScriptedServer server = new ScriptedServer(FOUND.after(500))) {
            Fabric8Gateway gateway = Fabric8Gateway.connect(server.connection(folder));
            long start = System.nanoTime();

            Parallel.forEach(Collections.nCopies(16, "regcred"), 16, name -> gateway.get(SECRETS, "ci", name));

            assertThat(server.requests).hasSize(16);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(3000));
        }
    }

    private static ClusterException failure(Runnable request) {
        return catchThrowableOfType(ClusterException.class, request::run);
    }

    private static String everything(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
