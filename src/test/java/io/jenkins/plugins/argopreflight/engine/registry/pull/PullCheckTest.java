package io.jenkins.plugins.argopreflight.engine.registry.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Loopback;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.TokenRegistry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Request;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InRun.class)
class PullCheckTest {

    private static final String HOST = "registry.example.com";
    private static final String GOOD = "s3cret-of-team";
    private static final String STALE = "l4st-years-secret";

    private TokenRegistry registry;
    private RegistryProbe probe;

    @BeforeEach
    void start() {
        registry = new TokenRegistry(HOST, Map.of("team", GOOD), 0);
        probe = new RegistryProbe(RegistrySettings.builder()
                .address(HOST, registry.server().url())
                .build());
    }

    @AfterEach
    void stop() {
        probe.close();
        registry.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "public/image:v1 | none  | OK                  | is pulled without credentials.",
                "public/image:v1 | good  | OK                  | (key \"registry.example.com\", user \"team\")",
                "public/image:v1 | stale | REJECTED            | can be pulled without credentials, but the"
                        + " credentials of Secret \"regcred\"",
                "team/image:v1   | none  | MISSING_OR_NO_RIGHT | lists no Secret in imagePullSecrets",
                "team/image:v1   | good  | OK                  | user \"team\")",
                "team/image:v1   | stale | REJECTED            | incorrect username or password",
                "team/image:no1  | good  | NOT_FOUND           | has no tag no1 in team/image",
                "other/image:v1  | good  | NO_RIGHT            | user \"team\", who is not allowed to pull other/image",
            })
    void shouldCompareWithAndWithoutTheCredential(String image, String credential, Verdict verdict, String sentence) {
        Pull pull = pull(HOST + "/" + image, secrets(credential));

        assertThat(pull.verdict()).as("%s", pull).isEqualTo(verdict);
        assertThat(pull.sentence()).contains(sentence).endsWith(".").doesNotContain("..");
        assertThat(pull.attempts()).hasSize(credential.equals("none") ? 1 : 2);
        assertThat(pull.toString()).doesNotContain(GOOD).doesNotContain(STALE);
    }

    @Test
    void shouldTryEachCredentialAndSayWhichIsUseless() {
        Pull pull = pull(HOST + "/team/image:v1", List.of(secret("old", HOST, STALE), secret("new", HOST, GOOD)));

        assertThat(pull.verdict()).isEqualTo(Verdict.OK);
        assertThat(pull.sentence())
                .contains("is pulled with the credentials of Secret \"new\"")
                .contains("The credentials of Secret \"old\"")
                .contains("are tried before and do not work: credentials refused; remove them");
        assertThat(pull.credentials()).extracting("secret").containsExactly("old", "new");
        assertThat(pull.pullSecrets()).containsExactly("old", "new");
        assertThat(pull.attempts()).extracting(Pull.Attempt::byConsumer).containsExactly(true, true, false);
    }

    @Test
    void shouldReportWhatTheKubeletWouldNotTry() {
        Pull pull = pull(HOST + "/team/image:v1", List.of(secret("new", HOST, GOOD), secret("old", HOST, STALE)));

        assertThat(pull.attempts())
                .extracting(tried -> tried.answer().verdict())
                .containsExactly(Verdict.OK, Verdict.REJECTED, Verdict.MISSING_OR_NO_RIGHT);
        assertThat(pull.attempts()).extracting(Pull.Attempt::byConsumer).containsExactly(true, false, false);
        assertThat(pull.sentence()).doesNotContain("old");
        assertThat(pull(HOST + "/public/image:v1", List.of()).attempts())
                .extracting(Pull.Attempt::byConsumer)
                .containsExactly(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "team/bare:v1   | KUBELET    | NO_RIGHT            | user \"team\" and refuses what it lists",
                "team/bare:v1   | CONTROLLER | NO_RIGHT            | user \"team\" and refuses what it lists",
                "public/bare:v1 | KUBELET    | NO_RIGHT            | user \"team\" and refuses what it lists",
                "public/bare:v1 | CONTROLLER | NO_RIGHT            | user \"team\" and refuses what it lists",
                "team/image:v1  | KUBELET    | OK                  | is pulled with",
                "team/image:v1  | CONTROLLER | OK                  | looks up",
            })
    void shouldNotPassWhereTheContentIsRefused(String image, ImageClient consumer, Verdict verdict, String sentence) {
        PullSecretList secretList = PullSecretList.ofAccount("default", List.of("regcred"));
        PullQuestion question = new PullQuestion("argo", HOST + "/" + image, consumer, secretList, "");
        SecretSource readable = new SecretSource() {
            @Override
            public Fact<Optional<ReadSecret>> secret(String namespace, String name) {
                return source(secrets("good")).secret(namespace, name);
            }

            @Override
            public Fact<Boolean> controllerMayGet(String namespace, String name) {
                return Fact.known(true);
            }
        };
        Pull pull =
                PullCheck.withContent(probe, readable, 1).ask(List.of(question)).get(question);

        assertThat(pull.verdict()).as("%s", pull).isEqualTo(verdict);
        assertThat(pull.sentence()).contains(sentence);
        assertThat(pull.attempts())
                .extracting(tried -> tried.answer().verdict())
                .doesNotContain(Verdict.REJECTED);
    }

    @Test
    void shouldNotPassACredentialThatWasNotAskedFor() {
        try (Loopback open = new Loopback(exchange -> Loopback.answer(exchange, 200, Map.of(), "{}"));
                RegistryProbe other = new RegistryProbe(RegistrySettings.builder()
                        .address("open.example.com", open.url())
                        .build())) {
            Pull pull = ask(other, "open.example.com/a:v1", List.of(secret("r", "open.example.com", "x")));
            assertThat(pull.verdict()).isEqualTo(Verdict.OK);
            assertThat(pull.sentence())
                    .endsWith(" open.example.com did not ask for credentials, so these were not checked.");
        }
    }

    /** The kubelet tries the next: one that could not be checked can be the one that works. */
    @Test
    void shouldNotFailWhileACredentialCouldNotBeChecked() {
        try (Loopback server = new Loopback(exchange -> {
                    String shown = exchange.getRequestHeaders().getFirst("Authorization");
                    boolean first = shown != null && shown.equals(Request.basic(new Login("team", Password.of(STALE))));
                    Map<String, String> basic = Map.of("WWW-Authenticate", "Basic realm=\"test\"");
                    Loopback.answer(exchange, shown == null ? 401 : first ? 403 : 503, basic, "");
                });
                RegistryProbe other = new RegistryProbe(
                        RegistrySettings.builder().address(HOST, server.url()).build())) {
            Pull pull =
                    ask(other, HOST + "/team/image:v1", List.of(secret("old", HOST, STALE), secret("new", HOST, GOOD)));

            assertThat(pull.verdict()).isEqualTo(Verdict.UNREACHABLE);
        }
    }

    @Test
    void shouldReportWhatWouldRemain() {
        Pull pull = pull(HOST + "/other/image:v1", List.of(secret("old", HOST, STALE), secret("new", HOST, GOOD)));

        assertThat(pull.verdict()).isEqualTo(Verdict.NO_RIGHT);
        assertThat(pull.sentence()).contains("Secret \"new\"").contains("None of the 2 credentials that match works");
    }

    @Test
    void shouldFailWhereOneSecretIsMalformed() {
        PullSecret broken = new PullSecret(
                "broken",
                PullSecret.DOCKER_CONFIG_JSON,
                Optional.of(Password.of("{\"auths\":{\"x\":{\"auth\":\"%%%\"}}}")));
        Pull pull = pull(HOST + "/team/image:v1", List.of(secret("regcred", HOST, GOOD), broken));

        assertThat(pull.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(pull.error()).contains("broken");
        assertThat(pull.credentials()).isEmpty();
        assertThat(pull.sentence())
                .contains("nor for any other image of the pod")
                .contains("Secret \"broken\"");
    }

    @Test
    void shouldNotSendSomethingElseThanAnAuthThatIsNotUtf8() {
        byte[] bytes = ("team:" + GOOD + "\u00ff").getBytes(StandardCharsets.ISO_8859_1);
        String auth = Base64.getEncoder().encodeToString(bytes);
        Pull pull = pull(
                HOST + "/team/image:v1",
                List.of(new PullSecret(
                        "latin",
                        PullSecret.DOCKER_CONFIG_JSON,
                        Optional.of(Password.of("{\"auths\":{\"" + HOST + "\":{\"auth\":\"" + auth + "\"}}}")))));

        assertThat(pull.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(pull.sentence())
                .startsWith("Could not check whether " + HOST
                        + "/team/image:v1 can be pulled with the credentials of Secret \"latin\"")
                .contains(": its user name or password is not UTF-8");
        assertThat(registry.server().seen()).noneMatch(r -> r.authorization().startsWith("Basic"));
    }

    @Test
    void shouldNameTheSecretsThatDoNotExist() {
        Pull pull = ask(probe, HOST + "/team/image:v1", secrets("good"), "a", "b", "c", "d");

        assertThat(pull.sentence())
                .contains("ServiceAccount \"default\" also lists \"a\", \"b\", \"c\" and 1 more, which does not exist")
                .endsWith(".");
    }

    @Test
    void shouldRefuseAnImageNameWithoutAsking() {
        Pull pull = pull("registry.example.com/Team/image", List.of());

        assertThat(pull.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(pull.sentence()).contains("InvalidImageName").contains("lower case");
        assertThat(probe.requests()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://registry.example.com/v1   | write \"registry.example.com\" instead",
                "https://registry.example.com/v2   | write \"registry.example.com\" instead",
                "registry.example.com:443          | its port differs",
                "Registry.example.com              | letter by letter",
                "registry.example.com/other        | its path /other is not how team/image begins",
                "*.com                             | * matches exactly one label of the host",
                "example.com                       | it is another host",
                "registry.exmaple.com              | it is spelled differently",
            })
    void shouldShowTheNearestKey(String key, String hint) {
        Pull pull = pull(HOST + "/team/image:v1", List.of(secret("regcred", key, GOOD)));

        assertThat(pull.verdict()).isEqualTo(Verdict.MISSING_OR_NO_RIGHT);
        assertThat(pull.credentials()).isEmpty();
        assertThat(pull.sentence())
                .contains("No credentials for registry.example.com/team/image:v1")
                .contains("Secret \"regcred\" has the key \"" + key + "\"")
                .contains(hint);
        assertThat(registry.server().seen()).noneMatch(r -> r.authorization().startsWith("Basic"));
    }

    @Test
    void shouldNotTakeAnyKeyForANearOne() {
        Pull pull = pull(HOST + "/team/image:v1", List.of(secret("regcred", "ghcr.io", GOOD)));

        assertThat(pull.sentence()).contains("no key in Secret \"regcred\"").doesNotContain("has the key");
    }

    @Test
    void shouldSayWhyASecretIsPassedOver() {
        PullSecret opaque = new PullSecret("regcred", "Opaque", Optional.empty());
        Pull pull = pull(HOST + "/team/image:v1", List.of(opaque));

        assertThat(pull.sentence()).contains("Secret \"regcred\" is of type Opaque");
    }

    @Test
    void shouldAskEqualQuestionsOnce() {
        PullQuestion question = PullQuestion.kubelet(
                "argo", HOST + "/team/image:v1", PullSecretList.ofAccount("default", List.of("regcred")));
        PullCheck check = check(probe, secrets("good"));
        Map<PullQuestion, Pull> pulls = check.ask(List.of(question, question, question));

        assertThat(pulls).hasSize(1);
        assertThat(pulls.get(question).verdict()).isEqualTo(Verdict.OK);
        long afterOne = probe.requests();
        check.ask(List.of(question));
        assertThat(probe.requests()).isEqualTo(afterOne).isLessThanOrEqualTo(6);
    }

    @Test
    void shouldReportWhenACredentialEnds() {
        String claims = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"exp\":4102444800}".getBytes());
        String jwt = "e30." + claims + ".c2ln";
        try (TokenRegistry jwts = new TokenRegistry("jwt.example.com", Map.of("team", jwt), 0);
                RegistryProbe other = new RegistryProbe(RegistrySettings.builder()
                        .address("jwt.example.com", jwts.server().url())
                        .build())) {
            Pull pull = ask(other, "jwt.example.com/team/image:v1", List.of(secret("r", "jwt.example.com", jwt)));
            assertThat(pull.sentence()).contains("They expire at 2100-01-01T00:00:00Z");
        }
    }

    private Pull pull(String image, List<PullSecret> secrets) {
        return ask(probe, image, secrets);
    }

    /** Returns the pull of a kubelet with a ServiceAccount's Secrets. */
    static Pull ask(Registry registry, String image, List<PullSecret> secrets, String... missing) {
        List<String> names = Stream.concat(secrets.stream().map(PullSecret::name), Stream.of(missing))
                .toList();
        PullQuestion question = PullQuestion.kubelet("argo", image, PullSecretList.ofAccount("default", names));
        return check(registry, secrets).ask(List.of(question)).get(question);
    }

    private static PullCheck check(Registry registry, List<PullSecret> secrets) {
        return new PullCheck(registry, source(secrets), 1);
    }

    private static SecretSource source(List<PullSecret> secrets) {
        return (namespace, name) -> Fact.known(secrets.stream()
                .filter(secret -> secret.name().equals(name))
                .findFirst()
                .map(secret -> new ReadSecret(secret, Optional.empty())));
    }

    private static List<PullSecret> secrets(String credential) {
        return switch (credential) {
            case "good" -> List.of(secret("regcred", HOST, GOOD));
            case "stale" -> List.of(secret("regcred", HOST, STALE));
            default -> List.of();
        };
    }

    private static PullSecret secret(String name, String key, String password) {
        String auth = Base64.getEncoder().encodeToString(("team:" + password).getBytes());
        return new PullSecret(
                name,
                PullSecret.DOCKER_CONFIG_JSON,
                Optional.of(Password.of("{\"auths\":{\"" + key + "\":{\"auth\":\"" + auth + "\"}}}")));
    }
}
