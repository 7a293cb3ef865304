package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which invalid parameters are reported: a step reports the first one. */
class ParameterOrderITest {

    private final PreflightConfig config = new PreflightConfig();

    @Test
    void shouldReportTheFirstInvalidParameter() {
        config.podSecurity = "strict";
        assertReported("podSecurity");
        config.kubernetesVersion = "new";
        assertReported("kubernetesVersion");
        config.argoVersion = "new";
        assertReported("argoVersion");
        config.id = "1";
        assertReported("id");
        config.unstableOn = "SOMETIMES";
        assertReported("unstableOn");
        config.failOn = "SOMETIMES";
        assertReported("failOn");
        config.parameters = new ArrayList<>(List.of("tag"));
        assertReported("parameters");
    }

    private void assertReported(String parameter) {
        config.workflows = "build.yaml";
        assertThatThrownBy(config::check).isInstanceOf(AbortException.class).hasMessageContaining(parameter);
    }
}
