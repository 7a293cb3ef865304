package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import static io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfigTest.credential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerConfigMergeTest {

    private static final String TEAM = "{\"username\":\"team\",\"password\":\"one\",\"auth\":\"dGVhbTpvbmU=\"}";

    @Test
    void shouldKeepOtherPeoplesEntriesAsTheyAre() {
        String theirs = "{\"auths\":{\"ghcr.io\":{\"auth\":\"dTpw\",\"identitytoken\":\"t\",\"n\":1.50,"
                + "\"m\":12345678901234567890}},\"credsStore\":\"desktop\",\"x\":[1,null]}";
        DockerConfigMerge merge = merge(theirs, List.of(), false, credential("quay.io", "team", "one", "id"));
        assertThat(merge.json().reveal())
                .isEqualTo("{\"auths\":{\"ghcr.io\":{\"auth\":\"dTpw\",\"identitytoken\":\"t\",\"n\":1.50,"
                        + "\"m\":12345678901234567890},\"quay.io\":" + TEAM
                        + "},\"credsStore\":\"desktop\",\"x\":[1,null]}");
        assertThat(lines(merge)).containsExactly("  ghcr.io: not ours, kept", "+ quay.io: username team");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"username\":\"team\",\"password\":\"two\",\"auth\":\"dGVhbTp0d28=\"} | ~ quay.io: password changed"
                        + " (username team)",
                "{\"username\":\"old\",\"password\":\"one\",\"auth\":\"b2xkOm9uZQ==\"} | ~ quay.io: username changed"
                        + " (username team)",
                "{\"username\":\"team\",\"password\":\"one\",\"auth\":\"dGVhbTp0d28=\"} | ~ quay.io: auth changed"
                        + " (username team)",
                "{\"username\":\"team\",\"password\":\"one\",\"email\":\"a@b.c\",\"auth\":\"dGVhbTpvbmU=\"} | ~"
                        + " quay.io: email changed (username team)",
                "{\"username\":\"team\",\"password\":\"one\",\"auth\":\"dGVhbTpvbmU=\",\"identitytoken\":\"t\"} | ~"
                        + " quay.io: identitytoken changed (username team)",
                "{\"username\":\"team\",\"password\":\"one\",\"auth\":\"dGVhbTpvbmU=\"} | '  quay.io: username team'",
                "null | ~ quay.io: username, password changed (username team)",
            })
    void shouldReportWhatChanged(String old, String line) {
        DockerConfigMerge merge = merge(
                "{\"auths\":{\"quay.io\":" + old + "}}", List.of(), false, credential("quay.io", "team", "one", "id"));
        assertThat(lines(merge)).containsExactly(line);
        assertThat(merge.isWrite()).isEqualTo(!line.startsWith(" "));
        assertThat(merge.json().reveal()).isEqualTo("{\"auths\":{\"quay.io\":" + TEAM + "}}");
    }

    @ParameterizedTest
    @CsvSource({
        "https://quay.io/v2/, quay.io",
        "http://quay.io, quay.io",
        "quay.io/, quay.io",
        "docker.io, https://index.docker.io/v1/",
        "index.docker.io, https://index.docker.io/v1/",
    })
    void shouldReplaceAKeyThatMeansTheSame(String theirs, String ours) throws JsonProcessingException {
        DockerConfigMerge merge = merge(
                "{\"auths\":{\"" + theirs + "\":{\"auth\":\"dTpw\"}}}",
                List.of(),
                false,
                credential(ours, "team", "one", "id"));
        assertThat(auths(merge).fieldNames()).toIterable().containsExactly(ours);
        assertThat(lines(merge))
                .containsExactly(
                        "- " + theirs + ": it means the same as the key that replaces it",
                        "+ " + ours + ": username team");
    }

    @Test
    void shouldNotReplaceAKeyForOtherImages() throws JsonProcessingException {
        DockerConfigMerge merge = merge(
                "{\"auths\":{\"quay.io/team\":{\"auth\":\"dTpw\"},\"quay.io:443\":{\"auth\":\"dTpw\"}}}",
                List.of(),
                true,
                credential("quay.io", "team", "one", "id"));
        assertThat(auths(merge).fieldNames()).toIterable().containsExactly("quay.io/team", "quay.io:443", "quay.io");
    }

    @Test
    void shouldPruneOnlyOurs() {
        String existing = "{\"auths\":{\"ghcr.io\":{\"auth\":\"dTpw\"},\"old.example.com\":{\"auth\":\"dTpw\"}}}";
        assertThat(lines(merge(existing, List.of("old.example.com"), true, credential("quay.io", "team", "one", "id"))))
                .containsExactly(
                        "  ghcr.io: not ours, kept",
                        "- old.example.com: ours, and no longer asked for",
                        "+ quay.io: username team");
        assertThat(lines(merge(existing, List.of("old.example.com"), false)))
                .containsExactly("  ghcr.io: not ours, kept", "  old.example.com: ours of before, kept without prune");
        DockerConfigMerge all = merge(existing, List.of("ghcr.io", "https://old.example.com/v1/"), true);
        assertThat(all.isEmpty()).isTrue();
        assertThat(all.json().reveal()).isEqualTo("{\"auths\":{}}");
    }

    @ParameterizedTest
    @CsvSource({"{}", "'{\"auths\":null}'", "'{\"auths\":{}}'"})
    void shouldFillAnEmptyConfig(String existing) {
        assertThat(merge(existing, List.of(), false, credential("quay.io", "team", "one", "id"))
                        .json()
                        .reveal())
                .isEqualTo("{\"auths\":{\"quay.io\":" + TEAM + "}}");
    }

    @Test
    void shouldFindAuthsInAnotherCase() {
        DockerConfigMerge merge = merge(
                "{\"Auths\":{\"ghcr.io\":{\"auth\":\"dTpw\"}}}",
                List.of(),
                false,
                credential("quay.io", "team", "one", "id"));
        assertThat(merge.json().reveal())
                .isEqualTo("{\"Auths\":{\"ghcr.io\":{\"auth\":\"dTpw\"},\"quay.io\":" + TEAM + "}}");
    }

    @Test
    void shouldNoteWhatIsWrongWithTheirs() {
        assertThat(merge("{\"auths\":{\"ghcr.io\":{\"auth\":\"not base64!\"}}}", List.of(), false)
                        .notes())
                .singleElement()
                .asString()
                .contains("auths[\"ghcr.io\"].auth: illegal base64 data at input byte 3");
        assertThat(merge("{\"auths\":{\"ghcr.io\":{}}}", List.of(), false).notes())
                .singleElement()
                .asString()
                .contains("neither user name nor password");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is empty",
                "{\"auths\":{\"canary\" | 'is not JSON that can be kept: line 1, column'",
                "canary | 'is not JSON that can be kept: line 1, column'",
                "{} canary | 'is not JSON that can be kept: line 1, column'",
                "[\"canary\"] | is not a JSON object",
                "null | is not a JSON object",
                "{\"auths\":[\"canary\"]} | is not an object",
                "{\"auths\":{\"ghcr.io\":{},\"ghcr.io\":{}}} | a name occurs twice in one object",
                "{\"auths\":{},\"AUTHS\":{}} | in 2 spellings",
            })
    void shouldRefuseWhatItCannotKeep(String existing, String sentence) {
        assertThatThrownBy(() -> merge(existing, List.of(), false, credential("quay.io", "team", "one", "id")))
                .isInstanceOf(DockerConfigException.class)
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("canary");
    }

    @Test
    void shouldKeepAPasswordInTheirKeyOutOfTheDiff() {
        DockerConfigMerge merge =
                merge("{\"auths\":{\"https://u:canary@quay.io\":{\"auth\":\"dTpw\"}}}", List.of(), false);
        assertThat(lines(merge)).containsExactly("  ***@quay.io: not ours, kept");
        assertThat(merge.toString()).doesNotContain("canary");
        assertThat(merge.json().reveal()).contains("https://u:canary@quay.io");
    }

    private static DockerConfigMerge merge(
            String existing, List<String> previous, boolean prune, RegistryCredential... credentials) {
        return DockerConfig.of(List.of(credentials)).mergeInto(Password.of(existing), previous, prune);
    }

    private static List<String> lines(DockerConfigMerge merge) {
        return merge.changes().stream()
                .map(KeyChange::line)
                .map(DiffLine::marked)
                .toList();
    }

    private static JsonNode auths(DockerConfigMerge merge) throws JsonProcessingException {
        return new ObjectMapper().readTree(merge.json().reveal()).get("auths");
    }
}
