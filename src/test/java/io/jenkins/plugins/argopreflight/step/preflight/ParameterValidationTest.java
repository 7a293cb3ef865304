package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParameterValidationTest {

    @ParameterizedTest
    @EnumSource
    void shouldLetNothingBe(ParameterValidation rule) {
        assertThat(rule.isValid("")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ID, argo-preflight",
        "ID, images2",
        "ID, A",
        "ARGO_VERSION, v3.6.4",
        "ARGO_VERSION, 4.0",
        "ARGO_VERSION, v4.0.5",
        "KUBERNETES_VERSION, v1.34.4",
        "KUBERNETES_VERSION, 1.30",
        "KUBERNETES_VERSION, v1.33.1-eks-1a2b",
        "POD_SECURITY, privileged",
        "POD_SECURITY, baseline:latest",
        "POD_SECURITY, restricted:v1.34"
    })
    void shouldTake(ParameterValidation rule, String word) {
        assertThat(rule.isValid(word)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ID, ../builds",
        "ID, a/b",
        "ID, 1st",
        "ID, a b",
        "ARGO_VERSION, newest",
        "ARGO_VERSION, four",
        "KUBERNETES_VERSION, latest",
        "KUBERNETES_VERSION, 2.0",
        "POD_SECURITY, strict",
        "POD_SECURITY, Restricted",
        "POD_SECURITY, restricted:1.34"
    })
    void shouldRefuseWithWhatMayBeWritten(ParameterValidation rule, String word) {
        assertThat(rule.isValid(word)).isFalse();
        assertThat(rule.description()).isNotEmpty();
    }
}
