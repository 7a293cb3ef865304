package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockedParametersTest {

    private static final Map<String, String> LOOSE = Map.of(
            "newOnly", "true",
            "noRegistry", "true",
            "argoNamespace", "elsewhere",
            "argoVersion", "v3.4.0",
            "kubernetesVersion", "v1.20.0",
            "podSecurity", "privileged");

    private static Map<String, String> looseWithoutCluster() {
        Map<String, String> asked = new HashMap<>(LOOSE);
        asked.put("noCluster", "true");
        return asked;
    }

    @Test
    void shouldHoldEachParameterWithWhichLessIsFound() {
        Map<String, String> asked = looseWithoutCluster();
        assertThat(LockedParameters.of(asked, true)).isEqualTo(asked.keySet());
        assertThat(LockedParameters.of(Map.of(), true)).isEmpty();
    }

    /** Nothing else is known of a cluster that no one configured. */
    @Test
    void shouldLetTheStepDescribeAClusterThatIsNotConfigured() {
        assertThat(LockedParameters.of(looseWithoutCluster(), false))
                .containsExactlyInAnyOrder("newOnly", "noRegistry");
    }

    /** A KUBECONFIG of the build leads to a cluster, which is asked for what the step would say of it. */
    @Test
    void shouldHoldWhatTheStepSaysOfAClusterThatTheBuildBrings() {
        assertThat(LockedParameters.of(LOOSE, false)).isEqualTo(LOOSE.keySet());
    }

    @ParameterizedTest
    @CsvSource({
        "restricted, false",
        "restricted:latest, false",
        "restricted:v1.0, true",
        "baseline, true",
        "privileged, true"
    })
    void shouldLetAStepBeStricter(String level, boolean held) {
        assertThat(LockedParameters.of(Map.of("podSecurity", level), true).contains("podSecurity"))
                .isEqualTo(held);
    }
}
