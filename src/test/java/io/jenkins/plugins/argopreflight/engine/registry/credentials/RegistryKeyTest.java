package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryKeyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker.io",
                "index.docker.io",
                "Docker.IO",
                "docker.io/",
                "https://docker.io",
                "https://index.docker.io",
                "https://index.docker.io/v1/",
                "http://index.docker.io/v1/",
                "index.docker.io/v1/",
                "https://index.docker.io/v2/",
                "HTTPS://index.docker.io/v1/"
            })
    void shouldWriteDockerHubInTheOneFormThatAllUnderstand(String written) {
        assertThat(RegistryKey.canonical(written)).isEqualTo("https://index.docker.io/v1/");
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com, registry.example.com",
        "https://registry.example.com, registry.example.com",
        "http://registry.example.com:5000/, registry.example.com:5000",
        "https://registry.example.com/v2/, registry.example.com",
        "https://registry.example.com/v1/team, registry.example.com/team",
        "Registry.Example.COM:5000, registry.example.com:5000",
        "registry.example.com/team, registry.example.com/team",
        "registry.example.com/team/, registry.example.com/team/",
        "registry.example.com/team/image, registry.example.com/team/image",
        "registry.example.com/a__b/c-d.e, registry.example.com/a__b/c-d.e",
        "localhost, localhost",
        "localhost:5000, localhost:5000",
        "registry:5000, registry:5000",
        "127.0.0.1:15000, 127.0.0.1:15000",
        "[::1]:5000, [::1]:5000",
        "https://[FE80::1]:5000/v2/, [fe80::1]:5000",
        "*.example.com, *.example.com",
        "reg*.example.com:5000, reg*.example.com:5000",
        "123456789012.dkr.ecr.eu-west-1.amazonaws.com, 123456789012.dkr.ecr.eu-west-1.amazonaws.com",
        "mirror.docker.io, mirror.docker.io",
    })
    void shouldWriteOthersBare(String written, String key) {
        assertThat(RegistryKey.canonical(written)).isEqualTo(key);
        assertThat(RegistryKey.canonical(key)).as("canonical again").isEqualTo(key);
        assertThat(RegistryKey.whyNoImageMatches(key)).as("an image may match").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', the registry is empty; write host[:port]",
        "'  ', the registry is empty; write host[:port]",
        "' registry.example.com', white space",
        "registry.example.com /team, white space",
        "'registry.example.com\n', white space",
        "'registry.example.com\u0001', control character",
        "ftp://registry.example.com, 'is no scheme of a registry; write host[:port]'",
        "docker://registry.example.com/team, is no scheme",
        "https://team:hunter2@registry.example.com, user name before",
        "https://team:hun/ter2@registry.example.com, the port must be",
        "registry.example.com?password=hunter2, a query",
        "registry.example.com#hunter2, a fragment",
        "https://registry.example.com/v1, 'ends in /v1 without a slash; write registry.example.com'",
        "https://registry.example.com:5000/v2, 'ends in /v2 without a slash; write registry.example.com:5000'",
        "https://index.docker.io/v1, 'ends in /v1 without a slash; write https://index.docker.io/v1/'",
        "registry-1.docker.io, no image of Docker Hub matches that host; write docker.io",
        "https://hub.docker.com/, no image of Docker Hub matches that host; write docker.io",
        "registry.hub.docker.com, no image of Docker Hub matches that host; write docker.io",
        "docker.io/team, Docker Hub takes one credential for all its repositories; write docker.io",
        "https://index.docker.io/v1/access-token, Docker Hub takes one credential",
        "registry.example.com:, 'the port must be 1 to 65535'",
        "registry.example.com:0, 'the port must be 1 to 65535'",
        "registry.example.com:05000, without leading zero",
        "registry.example.com:65536, 'the port must be 1 to 65535'",
        "registry.example.com:http, 'the port must be 1 to 65535'",
        "registry.example.com:*, a wildcard in a port matches nothing",
        "registry.example.com/team*, a wildcard in a path matches nothing",
        "registry.example.com/[a-z], a wildcard in a path matches nothing",
        "registry[12].example.com, write one key for each host instead of a character class",
        "registry.example.com/team/image:v1, 'a key with a tag matches nothing; write registry.example.com'",
        "registry.example.com/team/image@sha256:ab, 'an image name with a digest; write registry.example.com'",
        "registry.example.com/Team, no repository can have that path",
        "registry.example.com//team, no repository can have that path",
        "registry.example.com/te%61m, no repository can have that path",
        "registry_a.example.com, no image name can have that host",
        "registry..example.com, no image name can have that host",
        "registry.example.com., no image name can have that host",
        "bücher.example.com, no image name can have that host",
        "registry, 'without a dot or a port, registry/app names a repository of Docker Hub'",
        "https:///team, the host is missing",
        "::1, needs brackets and a port",
        "[::1], 'never matches an IPv6 address without port'",
        "[::1:5000, must be an IPv6 address",
        "[::g]:5000, must be an IPv6 address",
        "[fe80::1%25eth0]:5000, without zone",
        "[::1]5000, after the brackets comes the port",
    })
    void shouldSayWhatIsWrongAndWhatToWrite(String written, String sentence) {
        assertThatThrownBy(() -> RegistryKey.canonical(written))
                .isInstanceOf(DockerConfigException.class)
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("hunter2", "ter2@", "\n", "\u0001");
    }

    @ParameterizedTest
    @CsvSource({
        "https://registry.example.com/v2/, registry.example.com",
        "registry.example.com/, registry.example.com",
        "https://index.docker.io/v1/, index.docker.io",
        "https://index.docker.io/v1, index.docker.io/v1",
        "https://user:x@registry.example.com?x#y, registry.example.com",
        "registry.example.com/te%61m, registry.example.com/team",
        "Registry.example.com, Registry.example.com",
        "registry.example.com:port, registry.example.com:port",
    })
    void shouldCompareKeysAsTheKubeletDoes(String key, String means) {
        assertThat(RegistryKey.comparedPart(key)).isEqualTo(means);
    }
}
