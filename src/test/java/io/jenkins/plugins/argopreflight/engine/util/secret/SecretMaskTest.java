package io.jenkins.plugins.argopreflight.engine.util.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretMaskTest {

    private final SecretMask mask = new SecretMask(List.of("canary", "", "canary-7Q2z"));

    @Test
    void shouldMaskTheLongestFirst() {
        assertThat(mask.mask("canary-7Q2z and canary")).isEqualTo("**** and ****");
        assertThat(mask.isNeededFor("a canary")).isTrue();
    }

    @Test
    void shouldIgnoreEmptyValues() {
        assertThat(mask.mask("text")).isEqualTo("text");
        assertThat(mask.isNeededFor("text")).isFalse();
    }
}
