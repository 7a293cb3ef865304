package io.jenkins.plugins.argopreflight.engine.model.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesVersionTest {

    @ParameterizedTest
    @CsvSource({
        "v1.34.4, 34",
        "1.30, 30",
        "v1.8.15, 8",
        "v1.30.0-eks-036c24b, 30",
        "v1.31.5+rke2r1, 31",
        "v1.29+, 29",
        "1.34.0-beta.1, 34"
    })
    void shouldReadTheMinorVersion(String version, int minor) {
        assertThat(KubernetesVersion.minor(version)).contains(minor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "v1.", "v1.x", "latest", "2.30", "v1.99999999999"})
    void shouldReadNoMinorVersionFromAnotherText(String version) {
        assertThat(KubernetesVersion.minor(version)).isEmpty();
    }
}
