package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockedParameterTest {

    private static final List<LockedParameter> ALL = List.of(LockedParameter.values());

    private static PreflightConfig loose(boolean noCluster) {
        return new PreflightConfig().with(config -> {
            config.noCluster = noCluster;
            config.noRegistry = true;
            config.argoNamespace = "elsewhere";
            config.argoVersion = "v3.4.0";
            config.kubernetesVersion = "v1.20.0";
            config.podSecurity = "privileged";
        });
    }

    @Test
    void shouldHoldEachParameterWithWhichLessIsFound() {
        assertThat(LockedParameter.in(loose(true), true))
                .isEqualTo(ALL)
                .hasToString("[noCluster, noRegistry, argoNamespace, argoVersion, kubernetesVersion, podSecurity]");
        assertThat(LockedParameter.in(new PreflightConfig(), true)).isEmpty();
    }

    @Test
    void shouldRemoveEachParameterFromACopy() {
        PreflightConfig loose = loose(true);
        PreflightConfig strict = LockedParameter.remove(ALL, loose);
        assertThat(LockedParameter.in(strict, true)).isEmpty();
        assertThat(strict).usingRecursiveComparison().isEqualTo(new PreflightConfig());
        assertThat(LockedParameter.in(loose, true)).isEqualTo(ALL);
    }

    /** The step's parameters are the only description of a cluster that is not configured. */
    @Test
    void shouldLetTheStepDescribeAClusterThatIsNotConfigured() {
        assertThat(LockedParameter.in(loose(true), false)).containsExactly(LockedParameter.NO_REGISTRY);
    }

    /** A KUBECONFIG of the build leads to a cluster, which is asked for what the step would say of it. */
    @Test
    void shouldHoldWhatTheStepSaysOfAClusterThatTheBuildBrings() {
        assertThat(LockedParameter.in(loose(false), false)).isEqualTo(ALL.subList(1, ALL.size()));
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
        PreflightConfig config = new PreflightConfig().with(copy -> copy.podSecurity = level);
        assertThat(LockedParameter.in(config, true).contains(LockedParameter.POD_SECURITY))
                .isEqualTo(held);
    }
}
