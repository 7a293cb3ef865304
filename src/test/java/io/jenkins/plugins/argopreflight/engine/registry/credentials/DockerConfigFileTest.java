package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerConfigFileTest {

    @TempDir
    private Path folder;

    @Test
    void shouldTakeTheUsableEntriesAndNameTheOthers() throws IOException {
        DockerConfigFile file = read("""
                {"auths": {
                  "registry.example.com": {"auth": "dGVhbTpzM2NyZXQ=", "email": "a@b.c"},
                  "https://index.docker.io/v1/": {"username": "hub", "password": "pw"},
                  "https://index.docker.io/v1/access-token": {"auth": "dTpw"},
                  "acr.example.com": {"identitytoken": "canary", "auth":
                      "MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwOg=="},
                  "helped.example.com": {},
                  "stored.example.com": {},
                  "token.example.com": {"registrytoken": "canary"},
                  "bad.example.com": {"auth": "not base64!"},
                  "bare.example.com": {"auth": "anVzdC1hLXRva2Vu"},
                  "nopassword.example.com": {"auth": "dGVhbTo="},
                  "tag.example.com/image:v1": {"auth": "dTpw"},
                  "text.example.com": "canary"
                 },
                 "credsStore": "desktop",
                 "credHelpers": {"helped.example.com": "gcloud", "ecr.example.com": "ecr-login"},
                 "HttpHeaders": {"X-Meta": "canary"}}
                """);
        assertThat(file.usable())
                .extracting(
                        RegistryCredential::registry,
                        RegistryCredential::username,
                        c -> c.password().reveal())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("registry.example.com", "team", "s3cret"),
                        org.assertj.core.groups.Tuple.tuple("https://index.docker.io/v1/", "hub", "pw"));
        assertThat(file.usable().get(0).id()).endsWith("config.json#registry.example.com");
        assertThat(file.unusable().stream().map(Object::toString))
                .satisfiesExactly(
                        u -> assertThat(u)
                                .startsWith("https://index.docker.io/v1/access-token: ")
                                .contains("one credential"),
                        u -> assertThat(u).startsWith("acr.example.com: it is an identity token"),
                        u -> assertThat(u).startsWith("helped.example.com: ").contains("docker-credential-gcloud"),
                        u -> assertThat(u).startsWith("stored.example.com: ").contains("docker-credential-desktop"),
                        u -> assertThat(u).startsWith("token.example.com: it is a registry token"),
                        u -> assertThat(u)
                                .startsWith("bad.example.com: ")
                                .contains("illegal base64 data at input byte 3"),
                        u -> assertThat(u).startsWith("bare.example.com: ").contains("there is no \":\""),
                        u -> assertThat(u).startsWith("nopassword.example.com: the password is empty"),
                        u -> assertThat(u)
                                .startsWith("tag.example.com/image:v1: ")
                                .contains("a key with a tag"),
                        u -> assertThat(u).startsWith("text.example.com: its value is not an object"),
                        u -> assertThat(u).startsWith("ecr.example.com: ").contains("docker-credential-ecr-login"),
                        u -> assertThat(u).startsWith("HttpHeaders: "))
                .allSatisfy(u -> assertThat(u).doesNotContain("canary"));
    }

    @Test
    void shouldSayThatAllIsInACredentialStore() throws IOException {
        assertThat(read("{\"credsStore\": \"osxkeychain\"}").unusable())
                .singleElement()
                .asString()
                .startsWith("credsStore: its password is in the credential helper docker-credential-osxkeychain");
    }

    @Test
    void shouldSayThatAnEntryIsEmpty() throws IOException {
        assertThat(read("{\"auths\": {\"quay.io\": {}}}").unusable())
                .singleElement()
                .asString()
                .startsWith("quay.io: it is empty");
    }

    @Test
    void shouldReadTheOlderDockercfg() throws IOException {
        DockerConfigFile file = read("{\"quay.io\": {\"auth\": \"dTpw\", \"email\": \"\"}}");
        assertThat(file.usable()).extracting(RegistryCredential::registry).containsExactly("quay.io");
        assertThat(file.unusable()).isEmpty();
    }

    @Test
    void shouldReadAnEmptyConfigAsNothing() throws IOException {
        assertThat(read("{}")).isEqualTo(new DockerConfigFile(java.util.List.of(), java.util.List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is empty; expected",
                "{\"auths\": canary} | 'line 1, column 1'",
                "{\"auths\": {\"a\": {\"auth\": \"canary | 'line 1, column '",
                "[\"canary\"] | is not a docker config",
                "{\"auths\": \"canary\"} | auths is not an object",
                "{\"auths\": {\"canary\": 1, \"canary\": 2}} | a name occurs twice",
            })
    void shouldSayWhereAFileIsBadAndNotWhatIsInIt(String content, String sentence) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(DockerConfigException.class)
                .hasMessageStartingWith(folder.resolve("config.json").toString())
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("canary");
    }

    @Test
    void shouldSayThatAFileCannotBeRead() throws IOException {
        Path missing = folder.resolve("missing.json");
        assertThatThrownBy(() -> DockerConfigFile.read(missing))
                .hasMessage(missing + " does not exist; run docker login, or give another file");
        assertThatThrownBy(() -> DockerConfigFile.read(folder))
                .hasMessageStartingWith(folder + " is a directory; give the file");
        Path large = Files.write(folder.resolve("large.json"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> DockerConfigFile.read(large)).hasMessageContaining("is larger than 1 MiB");
    }

    private DockerConfigFile read(String content) throws IOException {
        return DockerConfigFile.read(Files.writeString(folder.resolve("config.json"), content));
    }
}
