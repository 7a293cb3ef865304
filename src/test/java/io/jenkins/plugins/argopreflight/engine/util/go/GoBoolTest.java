package io.jenkins.plugins.argopreflight.engine.util.go;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoBoolTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "t", "T", "TRUE", "true", "True"})
    void shouldReadTrue(String text) {
        assertThat(GoBool.isTrue(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "f", "F", "FALSE", "false", "False", "", "tRUE", "yes", "on", " true", "2"})
    void shouldReadAnotherTextAsFalse(String text) {
        assertThat(GoBool.isTrue(text)).isFalse();
    }
}
