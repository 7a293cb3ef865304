package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerConfigTest {

    @Test
    void shouldWriteTheBytesThatKubectlWrites() throws IOException {
        RegistryCredential escapes =
                new RegistryCredential("registry.example.com", "team", Password.of("p<&>\"\\é/ü"), "a@b.c", "id");
        assertThat(json(escapes)).isEqualTo(fixture("kubectl-escapes.json"));
        assertThat(json(credential("docker.io", "team", "$PASSWORD", "id")))
                .isEqualTo(fixture("kubectl-docker-hub.json"));
    }

    @Test
    void shouldSortKeysAsGoDoes() {
        assertThat(json(credential("quay.io", "u", "p", "a"), credential("a.example.com:5000", "u", "p", "b")))
                .isEqualTo(
                        "{\"auths\":{\"a.example.com:5000\":{\"username\":\"u\",\"password\":\"p\",\"auth\":\"dTpw\"},"
                                + "\"quay.io\":{\"username\":\"u\",\"password\":\"p\",\"auth\":\"dTpw\"}}}");
    }

    @ParameterizedTest
    @CsvSource({
        "'', pw, the user name is empty",
        "team, '', 'the password is empty; give one by file, standard input or environment'",
        "te:am, pw, 'contains \":\", at which user name and password are split'",
        "'team\n', pw, the user name contains a line break",
        "<token>, pw, marks an identity token",
        "00000000-0000-0000-0000-000000000000, '', what az acr login stored is an identity token",
        "team, 'pw\n', the password ends with a line break",
        "team, 'pw\r\n', the password ends with a line break",
        "team, 'p\tw', the password contains a control character",
    })
    void shouldRefuseWhatCannotBeSent(String username, String password, String sentence) {
        assertThatThrownBy(() -> DockerConfig.of(List.of(credential("quay.io", username, password, "reg-team"))))
                .isInstanceOf(DockerConfigException.class)
                .hasMessageStartingWith("credential \"reg-team\" for quay.io: ")
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("pw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"$PASSWORD", "${PASSWORD}", "$(cat password)", "%PASSWORD%", "$env:PASSWORD", "{{password}}"})
    void shouldNoteAVariableThatWasNotExpanded(String password) {
        assertThat(DockerConfig.of(List.of(credential("quay.io", "team", password, "id")))
                        .notes())
                .singleElement()
                .asString()
                .contains("credential \"id\" for quay.io", "looks like a variable that was not expanded")
                .doesNotContain(password);
    }

    @ParameterizedTest
    @CsvSource({
        "team, ' pw', begins or ends with a space",
        "' team', pw, the user name begins or ends with a space",
        "team, dGVhbTpwdw==, the password is base64 of user:password",
        "00000000-0000-0000-0000-000000000000, pw, expires within hours",
    })
    void shouldNoteWhatMayBeAMistake(String username, String password, String note) {
        assertThat(DockerConfig.of(List.of(credential("quay.io", username, password, "id")))
                        .notes())
                .singleElement()
                .asString()
                .contains(note)
                .doesNotContain(password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pa$$word", "$1.2", "50%", "pa:ss", "glpat-abc"})
    void shouldTakeAnOrdinaryPasswordWithoutANote(String password) {
        assertThat(DockerConfig.of(List.of(credential("quay.io", "team", password, "id")))
                        .notes())
                .isEmpty();
    }

    @Test
    void shouldNameBothCredentialsForOneKey() {
        assertThatThrownBy(() -> DockerConfig.of(List.of(
                        credential("docker.io", "team", "one", "hub"),
                        credential("https://index.docker.io/v1/", "team", "two", "hub-2"))))
                .hasMessage("credentials \"hub\" and \"hub-2\" are both for https://index.docker.io/v1/,"
                        + " and a Secret holds one for each registry; leave one out");
    }

    @Test
    void shouldTakeEqualCredentialsForOneKeyOnce() {
        DockerConfig config = DockerConfig.of(List.of(
                credential("quay.io", "team", "one", "a"), credential("https://quay.io/v2/", "team", "one", "b")));
        assertThat(config.entries()).containsOnlyKeys("quay.io");
    }

    @Test
    void shouldReportAllProblemsAtOnce() {
        assertThatThrownBy(() -> DockerConfig.of(List.of(
                        credential("", "team", "pw", "a"),
                        credential("quay.io", "", "pw", "b"),
                        credential("https://ghcr.io/v1", "team", "pw", "c"))))
                .isInstanceOfSatisfying(
                        DockerConfigException.class,
                        e -> assertThat(e.problems())
                                .hasSize(3)
                                .allMatch(problem -> problem.startsWith("credential \"")));
    }

    @Test
    void shouldKeepPasswordsOutOfText() {
        DockerConfig config = DockerConfig.of(List.of(credential("quay.io", "team", "canary-7f3a", "id")));
        assertThat(config + " " + config.toJson() + " " + config.mergeInto(Password.of("{}"), List.of(), false))
                .contains("quay.io")
                .doesNotContain("canary-7f3a");
    }

    private static String json(RegistryCredential... credentials) {
        return DockerConfig.of(List.of(credentials)).toJson().reveal();
    }

    private static String fixture(String name) throws IOException {
        try (var stream = DockerConfigTest.class.getResourceAsStream("/dockerconfig/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static RegistryCredential credential(String registry, String username, String password, String id) {
        return new RegistryCredential(registry, username, Password.of(password), "", id);
    }
}
