package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringNote.Kind;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubeletKeyringTest {

    private static final String TEAM =
            "{\"username\": \"team\", \"password\": \"s3cret\", \"auth\": \"dGVhbTpzM2NyZXQ=\"}";

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:15000, 127.0.0.1:15000/team/busybox:1, true",
        "https://127.0.0.1:15000/v2/, 127.0.0.1:15000/team/busybox:1, true",
        "https://127.0.0.1:15000/v1, 127.0.0.1:15000/team/busybox:1, false",
        "https://index.docker.io/v1/, 127.0.0.1:15000/team/busybox:1, false",
        "127.0.0.1, 127.0.0.1:15000/team/busybox:1, false",
        "127.0.0.1:5000, 127.0.0.1:15000/team/busybox:1, false",
        "127.0.0.1:15000/team/busybox:1, 127.0.0.1:15000/team/busybox:1, false",
        "127.0.0.1:15000/platform, 127.0.0.1:15000/team/busybox:1, false",
        "registry.example.com:443, registry.example.com/app, false",
        "*.example.com, registry.example.com/app, true",
        "*.example.com, example.com/app, false",
        "*.example.com, a.b.example.com/app, false",
        "k*.io, quay.io/app, false",
        "q*y.io, quay.io/app, true",
        "q?ay.io, quay.io/app, false",
        "[q]uay.io, quay.io/app, false",
        "Quay.io, quay.io/app, false",
        "quay.io/team, quay.io/team-two/app, true",
        "quay.io/team/, quay.io/team-two/app, false",
        "quay.io/te*, quay.io/team/app, false",
        "quay.io/te%61m, quay.io/team/app, true",
        "quay.io?team, quay.io/app, true",
        "user:x@quay.io, quay.io/app, true",
        "us er@quay.io, quay.io/app, false",
        "quay.io/v1/, quay.io/app, true",
        "quay.io/v1/app, quay.io/v1/app, false",
        "[::1]:5000, '[::1]:5000/app', true",
        "[::1], '[::1]/app', false",
        "[::a], '[::a]/app', false",
        "[::A], A/app, true",
        "[::1%25A-Z], A/app, false",
        "[::1%2525A-Z], A/app, true",
        "docker.io, nginx, true",
        "docker.io/library, nginx, true",
        "index.docker.io, nginx, true",
        "https://index.docker.io/v1/, team/app, true",
        "https://index.docker.io/v1/, index.docker.io/team/app, true",
        "https://index.docker.io/v1/, localhost/app, true",
        "https://index.docker.io/v1/, localhost:5000/app, false",
        "https://index.docker.io/v1, nginx, false",
        "registry-1.docker.io, nginx, false",
        "hub.docker.com, nginx, false",
        "registry.hub.docker.com, nginx, false",
    })
    void shouldMatchAKeyAsTheKubeletDoes(String key, String image, boolean matches) {
        assertThat(lookup(image, secret("regcred", auths(key, TEAM))))
                .isEqualTo(CredentialLookup.found(
                        matches
                                ? List.of(new StoredCredential(
                                        "regcred", RegistryKey.shown(key), "team", Password.of("s3cret")))
                                : List.of()));
    }

    @Test
    void shouldTryTheGreatestKeyFirstAndSecretsInTheirOrder() {
        PullSecret first =
                secret("a", "{\"auths\": {\"quay.io\": " + user("1") + ", \"quay.io/team\": " + user("2") + "}}");
        PullSecret second =
                secret("b", "{\"auths\": {\"*.io\": " + user("3") + ", \"https://quay.io\": " + user("4") + "}}");
        assertThat(lookup("quay.io/team/app", first, second).credentials())
                .extracting(StoredCredential::username)
                .containsExactly("2", "1", "4", "3");
    }

    @Test
    void shouldLetDockerIoHideDockerHub() {
        PullSecret secret = secret(
                "a",
                "{\"auths\": {\"docker.io\": " + user("1") + ", \"https://index.docker.io/v1/\": " + user("2") + "}}");
        assertThat(lookup("nginx", secret).credentials())
                .extracting(StoredCredential::username)
                .containsExactly("1");
        assertThat(notes(secret)).containsExactly(Kind.HIDES_DOCKER_HUB);
    }

    @Test
    void shouldReportThatOneSecretHidesDockerHubInAnother() {
        PullSecret hub = secret("hub", "{\"auths\": {\"https://index.docker.io/v1/\": " + user("2") + "}}");
        PullSecret hiding = secret("hiding", "{\"auths\": {\"docker.io\": " + user("1") + "}}");

        KubeletKeyring keyring = KubeletKeyring.of(List.of(hub, hiding));

        assertThat(keyring.lookup(ImageReference.parse("nginx")).credentials())
                .extracting(StoredCredential::username)
                .containsExactly("1");
        assertThat(keyring.notes()).extracting(KeyringNote::kind).containsExactly(Kind.HIDES_DOCKER_HUB);
        assertThat(keyring.notes().get(0).text())
                .startsWith("Secret \"hiding\": auths[\"docker.io\"]: it hides \"https://index.docker.io/v1/\" of "
                        + "Secret \"hub\" from the kubelet");
    }

    @Test
    void shouldReportThatTwoKeysMeanTheSame() {
        PullSecret secret = secret(
                "a", "{\"auths\": {\"quay.io\": " + user("1") + ", \"https://quay.io/v2/\": " + user("2") + "}}");
        assertThat(lookup("quay.io/app", secret).credentials()).hasSize(2);
        assertThat(notes(secret)).containsExactly(Kind.RANDOM_ORDER);
    }

    @Test
    void shouldLetAuthWin() {
        PullSecret secret = secret("a", auths("quay.io", TEAM.replace("s3cret", "other")));
        assertThat(lookup("quay.io/app", secret).credentials())
                .containsExactly(new StoredCredential("a", "quay.io", "team", Password.of("s3cret")));
        assertThat(notes(secret)).containsExactly(Kind.AUTH_WINS);
        assertThat(notes(secret("a", auths("quay.io", TEAM)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"auth\": \"dGVhbTpzM2NyZXQ\"} | team | s3cret",
                "{\"auth\": \"dGVhbTpz\\nM2NyZXQ=\\n\"} | team | s3cret",
                "{\"auth\": \"dGVhbTphOmI=\"} | team | a:b",
                "{\"auth\": \"\", \"username\": \"u\", \"password\": \"p\"} | u | p",
                "{\"auth\": null, \"username\": \"u\", \"password\": \"p\"} | u | p",
                "{\"USERNAME\": \"u\", \"pa\u017F\u017Fword\": \"p\"} | u | p",
                "{\"username\": \"x\", \"Username\": \"u\", \"password\": \"p\"} | u | p",
                "{\"username\": \"u\\ud800\", \"password\": \"p\"} | u\uFFFD | p",
                "{\"auth\": \"dTr8\"} | u | \uFFFD",
                "{} | '' | ''",
                "null | '' | ''",
                "{\"identitytoken\": \"t\"} | '' | ''",
            })
    void shouldDecodeAnEntryAsGoDoes(String entry, String username, String password) {
        assertThat(lookup("quay.io/app", secret("a", auths("quay.io", entry))).credentials())
                .containsExactly(new StoredCredential("a", "quay.io", username, Password.of(password)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"auths\": {\"quay.io\": {\"auth\": \"not base64!\"}}} | auths[\"quay.io\"].auth: illegal base64"
                        + " data at input byte 3;",
                "{\"auths\": {\"quay.io\": {\"auth\": \"anVzdC1hLXRva2Vu\"}}} | unable to parse auth field, must be"
                        + " formatted as base64(username:password);",
                "{\"auths\": {\"quay.io\": {\"auth\": \"YTpi \"}}} | illegal base64 data at input byte 4;",
                "{\"auths\": {\"quay.io\": {\"username\": 1}}} | auths[\"quay.io\"].username must be a string",
                "{\"auths\": {\"quay.io\": \"canary\"}} | auths[\"quay.io\"] must be an object",
                "{\"auths\": {\"quay.io\": {\"auth\": \"!\"}, \"quay.io\": {}}} | illegal base64 data at input byte 0;",
                "{\"auths\": [\"canary\"]} | auths must be an object",
                "{\"HttpHeaders\": {\"a\": 1}} | a value of HttpHeaders must be a string",
                "\"canary\" | its value must be an object",
                "' ' | it is not JSON: it is empty",
                "{\"auths\": {}} canary | it is not JSON: line 1, column",
                "{\"auths\": {},} | it is not JSON: line 1, column",
                "{\"canary\": 01} | it is not JSON: line 1, column",
            })
    void shouldFailEveryImageWhenOneSecretIsMalformed(String json, String why) {
        PullSecret good = secret("regcred", auths("quay.io", TEAM));
        CredentialLookup found = lookup("quay.io/app", good, secret("legacy-cred", json));
        assertThat(found.credentials()).isEmpty();
        assertThat(found.error().orElseThrow().text())
                .startsWith("Secret \"legacy-cred\": the kubelet cannot read its .dockerconfigjson: ")
                .contains(why)
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"auths\": []} | '' | ''",
                "{\"auths\": {\"quay.io\": 1}} | quay.io | ''",
                "{\"auths\": {\"quay.io\": {\"username\": 1}}} | quay.io | username",
                "{\"auths\": {\"quay.io\": {\"auth\": \"!\"}}} | quay.io | auth",
                "{\"auths\": {\"quay.io\": {\"auth\": \"dGVhbQ==\"}}} | quay.io | auth",
            })
    void shouldReportWhereASecretIsMalformed(String json, String key, String field) {
        CredentialLookup found = lookup("quay.io/app", secret("legacy-cred", json));
        assertThat(found.error().flatMap(KeyringError::place))
                .contains(new KeyringError.Place("legacy-cred", key, field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"quay.io\": {\"auth\": \"dTpw\"}} | NO_ENTRIES",
                "{} | NO_ENTRIES",
                "null | NO_ENTRIES",
                "{\"auths\": {\"quay.io\": {}}, \"credsStore\": \"desktop\"} | FIELD_IGNORED EMPTY_ENTRY",
                "{\"auths\": {\"quay.io\": {\"identitytoken\": \"t\"}}} | FIELD_IGNORED EMPTY_ENTRY",
                "{\"auths\": {\"https://quay.io/v1\": {\"auth\": \"dTpw\"}}} | KEY_NEVER_MATCHES",
                "{\"auths\": {\"quay.io/app:v1\": {\"auth\": \"dTpw\"}}} | KEY_NEVER_MATCHES",
                "{\"auths\": {\"registry-1.docker.io\": {\"auth\": \"dTpw\"}}} | KEY_NEVER_MATCHES",
                "{\"auths\": {\"quay.io:port\": {\"auth\": \"dTpw\"}}} | KEY_IGNORED",
                "{\"auths\": {\"k[a-z].io\": {\"auth\": \"dTpw\"}}} | KEY_IGNORED",
            })
    void shouldNoteWhatDoesNotDoWhatWasHoped(String json, String kinds) {
        assertThat(notes(secret("regcred", json)))
                .containsExactly(
                        List.of(kinds.split(" ")).stream().map(Kind::valueOf).toArray(Kind[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Opaque", "kubernetes.io/basic-auth", "kubernetes.io/service-account-token"})
    void shouldIgnoreOtherTypesAndSayWhy(String type) {
        PullSecret secret = new PullSecret("regcred", type, Optional.of(Password.of(auths("quay.io", TEAM))));
        assertThat(lookup("quay.io/app", secret)).isEqualTo(CredentialLookup.found(List.of()));
        assertThat(KubeletKeyring.of(List.of(secret)).notes())
                .singleElement()
                .extracting(KeyringNote::text)
                .isEqualTo("Secret \"regcred\" is of type " + type + ", and pulls read only"
                        + " kubernetes.io/dockerconfigjson; create it again with that type");
    }

    @Test
    void shouldReadTheOlderType() {
        PullSecret secret = PullSecret.of(
                "a", "kubernetes.io/dockercfg", Map.of(".dockercfg", "eyJxdWF5LmlvIjp7ImF1dGgiOiJkVHB3In19"));
        assertThat(lookup("quay.io/app", secret).credentials())
                .extracting(StoredCredential::username)
                .containsExactly("u");
    }

    @Test
    void shouldIgnoreASecretWithNothingUnderItsKey() {
        PullSecret secret = PullSecret.of("a", PullSecret.DOCKER_CONFIG_JSON, Map.of(".dockercfg", "e30="));
        assertThat(notes(secret)).containsExactly(Kind.SECRET_IGNORED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://team:hunter2@quay.io",
                "https://team:hun/ter2@quay.io",
                "quay.io?hunter2",
                "hunter2@quay.io:x"
            })
    void shouldKeepAPasswordInAKeyOutOfAllTexts(String key) {
        PullSecret empty = secret("a", auths(key, "{}"));
        PullSecret broken = secret("b", auths(key, "{\"auth\": 1}"));
        KubeletKeyring keyring = KubeletKeyring.of(List.of(empty, secret("c", auths(key, TEAM))));
        assertThat(keyring.notes() + " " + keyring.lookup(ImageReference.parse("quay.io/app")) + lookup("a", broken))
                .contains("***")
                .doesNotContain("hun", "ter2");
    }

    private static String user(String name) {
        return "{\"username\": \"" + name + "\", \"password\": \"p\"}";
    }

    private static String auths(String key, String entry) {
        return "{\"auths\": {\"" + key + "\": " + entry + "}}";
    }

    private static PullSecret secret(String name, String json) {
        return new PullSecret(name, PullSecret.DOCKER_CONFIG_JSON, Optional.of(Password.of(json)));
    }

    private static CredentialLookup lookup(String image, PullSecret... secrets) {
        return KubeletKeyring.of(List.of(secrets)).lookup(ImageReference.parse(image));
    }

    private static List<Kind> notes(PullSecret secret) {
        return KubeletKeyring.of(List.of(secret)).notes().stream()
                .map(KeyringNote::kind)
                .toList();
    }
}
