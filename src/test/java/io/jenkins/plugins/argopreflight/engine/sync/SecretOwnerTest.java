package io.jenkins.plugins.argopreflight.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretOwnerTest {

    @ParameterizedTest
    @ValueSource(strings = {"cli", "team-a", "A_b.9", "x"})
    void shouldAcceptTheValueOfALabel(String id) {
        assertThat(SecretOwner.problem(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-a", "a-", "a b", "a/b", "ü", "a\n", "$(id)"})
    void shouldRefuseWhatNoLabelCanHold(String id) {
        assertThatThrownBy(() -> new SecretOwner(id, "anybody")).hasMessageContaining("cannot be an owner");
    }

    @Test
    void shouldRefuseMoreThan63Characters() {
        assertThat(SecretOwner.problem("a".repeat(63))).isEmpty();
        assertThat(SecretOwner.problem("a".repeat(64))).isPresent();
    }
}
