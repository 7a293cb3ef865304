package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControllerKeychainTest {

    @ParameterizedTest
    @CsvSource({
        "registry.example.com, registry.example.com/team/tool:1, true",
        "https://registry.example.com/v2/, registry.example.com/team/tool:1, true",
        "*.example.com, registry.example.com/team/tool:1, true",
        "docker.io, nginx, false",
        "docker.io, docker.io/team/tool, false",
        "index.docker.io, nginx, true",
        "https://index.docker.io/v1/, docker.io/team/tool, true",
        "https://index.docker.io/v1/, localhost/team/tool, true",
        "localhost, localhost/team/tool, false",
        "localhost:5000, localhost:5000/team/tool, true",
    })
    void shouldMatchAKeyAsTheControllerDoes(String key, String image, boolean matches) {
        CredentialLookup found = lookup(image, secret("regcred", "\"" + key + "\": {\"auth\": \"dTpw\"}"));
        assertThat(found.error()).isEmpty();
        assertThat(found.credentials()).hasSize(matches ? 1 : 0);
    }

    @Test
    void shouldTakeOnlyTheFirst() {
        assertThat(lookup(
                                "quay.io/team/tool",
                                secret("a", "\"*.io\": {\"auth\": \"MTpw\"}, \"quay.io\": {\"auth\": \"Mjpw\"}"),
                                secret("b", "\"quay.io/team\": {\"auth\": \"Mzpw\"}"))
                        .credentials())
                .containsExactly(new StoredCredential("b", "quay.io/team", "3", Password.of("p")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"quay.io:port\": {} | auths[\"quay.io:port\"] is no URL;",
                "\"quay.io\": {\"auth\": \"not base64!\"} | unable to decode auth field: illegal base64 data at input"
                        + " byte 3;",
                "\"quay.io\": {\"auth\": \"anVzdC1h\"} | unable to decode auth field: must be formatted as"
                        + " base64(username:password);",
                "\"quay.io\": {\"identitytoken\": 1} | auths[\"quay.io\"].identitytoken must be a string",
            })
    void shouldFailEveryLookUpWhenOneSecretIsMalformed(String entry, String why) {
        CredentialLookup found =
                lookup("nginx", secret("regcred", "\"index.docker.io\": {}"), secret("legacy-cred", entry));
        assertThat(found.credentials()).isEmpty();
        assertThat(found.error().orElseThrow().text())
                .startsWith("Secret \"legacy-cred\": the controller cannot read its .dockerconfigjson: ")
                .contains(why);
    }

    /** Found against go-containerregistry itself: Go takes the last of several colons for the port's. */
    @ParameterizedTest
    @ValueSource(
            strings = {"::1", "https://::1//", "http://::1/v2/", "localhost:5:000/team-two/image", ":http://quay.io"})
    void shouldPassOverAHostWithSeveralColons(String key) {
        PullSecret secret = secret("a", "\"" + key + "\": {}, \"quay.io\": {\"auth\": \"dTpw\"}");
        assertThat(lookup("quay.io/team/tool", secret).error()).isEmpty();
        assertThat(lookup("quay.io/team/tool", secret).credentials()).hasSize(1);
    }

    @Test
    void shouldAskAnonymouslyWhenTheFirstIsEmpty() {
        PullSecret secret = secret("a", "\"quay.io\": {\"auth\": \"dTpw\"}, \"quay.io/team\": {}");
        assertThat(lookup("quay.io/team/tool", secret).credentials()).isEmpty();
        PullSecret token = secret("a", "\"quay.io\": {\"identitytoken\": \"t\"}");
        assertThat(lookup("quay.io/team/tool", token).credentials()).hasSize(1);
    }

    @Test
    void shouldReadWhatTheKubeletDoesNot() {
        PullSecret secret = secret("a", "\"quay.io\": {\"auth\": \"dTpw\", \"email\": 1}");
        assertThat(lookup("quay.io/team/tool", secret).credentials()).hasSize(1);
        assertThat(KubeletKeyring.of(List.of(secret)).error()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"REGISTRY/tool", "quay.io/a", "a"})
    void shouldSayThatItCannotReadAnImageName(String image) {
        assertThat(lookup(image).error().orElseThrow().text())
                .startsWith("the controller cannot read image name \"" + image + "\"");
    }

    private static PullSecret secret(String name, String entries) {
        String json = "{\"auths\": {" + entries + "}}";
        return new PullSecret(name, PullSecret.DOCKER_CONFIG_JSON, Optional.of(Password.of(json)));
    }

    private static CredentialLookup lookup(String image, PullSecret... secrets) {
        return ControllerKeychain.of(List.of(secrets)).lookup(ImageReference.parse(image));
    }
}
