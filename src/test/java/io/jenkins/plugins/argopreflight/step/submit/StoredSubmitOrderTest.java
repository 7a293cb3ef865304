package io.jenkins.plugins.argopreflight.step.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightConfig;
import io.jenkins.plugins.argopreflight.testing.StoredObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parameters of a running build, as an earlier version stored them. */
class StoredSubmitOrderTest {

    @Test
    void shouldCheckTheWorkflowWithTheParametersOfTheStep() {
        SubmitOrder stored = StoredObject.read("submit-order.txt", SubmitOrder.class);
        assertThat(stored.preflightConfig())
                .usingRecursiveComparison()
                .isEqualTo(new PreflightConfig()
                        .checking("", "", "workflowtemplate/build")
                        .in(ClusterChoice.of(Map.of("cluster", "prod")), "ci")
                        .withValues(List.of("tag=v1"), "")
                        .withGate("WARN", "UNKNOWN", List.of())
                        .withReport("Argo Preflight (argoSubmit)", true));
    }
}
