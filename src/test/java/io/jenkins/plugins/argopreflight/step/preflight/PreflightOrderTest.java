package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightOrderTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "images", "nightly-images", "A1"})
    void shouldTakeWordsForIds(String id) {
        assertThat(PreflightOrder.isId(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-a", "a b", "a/b", "..", "a.b", "a_b", "ä", "a\n"})
    void shouldRefuseIdsThatAreNoPartOfAnAddress(String id) {
        assertThat(PreflightOrder.isId(id)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v3.6.4", "4.0"})
    void shouldTakeVersions(String version) {
        assertThat(PreflightOrder.isVersion(version)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "four"})
    void shouldRefuseWhatIsNoVersion(String version) {
        assertThat(PreflightOrder.isVersion(version)).isFalse();
    }
}
