package io.jenkins.plugins.argopreflight.engine.model.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTest {

    @ParameterizedTest
    @EnumSource(Verdict.class)
    void shouldFindTheConstantOfItsLabel(Verdict verdict) {
        assertThat(Label.find(Verdict.class, Label.of(verdict))).hasValue(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NO_RIGHT", "no_right", "of-a-later-version"})
    void shouldFindNoConstantForAnotherText(String text) {
        assertThat(Label.find(Verdict.class, text)).isEmpty();
    }
}
