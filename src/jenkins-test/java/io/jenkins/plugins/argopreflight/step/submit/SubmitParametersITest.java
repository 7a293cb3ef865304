package io.jenkins.plugins.argopreflight.step.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.testing.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parameters of {@code argoSubmit} between the Jenkinsfile and the record of a running build. */
class SubmitParametersITest {

    private final SubmitStep step = new SubmitStep();

    @Test
    void shouldEqualThoseThatAnEarlierVersionStored() {
        step.setFrom("workflowtemplate/build");
        step.setNamespace("ci");
        step.setParameters(List.of("tag=v1"));
        step.setLogs(false);
        step.setFailOn("warn");
        step.setUnstableOn("unknown");
        step.setDescription(true);

        SubmitOrder today = step.order(ClusterChoice.of(Map.of("cluster", "prod")));

        SubmitOrder stored = StoredObject.read("submit-order.txt", SubmitOrder.class);
        assertThat(today)
                .usingRecursiveComparison()
                .ignoringFields("manifest", "parameterFile")
                .isEqualTo(stored);
        assertThat(stored.manifest()).isEqualTo(today.manifest()).isEmpty();
        assertThat(stored.parameterFile()).isEqualTo(today.parameterFile()).isEmpty();
    }

    @Test
    void shouldBeStoredAndReturnedAsTheyWereSet() {
        step.setFile(" build.yaml ");
        step.setManifest("kind: Workflow");
        step.setLabels(List.of("team=a,level=3"));
        step.setPreflight(false);
        step.setWait(false);
        step.setLogs(false);
        step.setExecutorLogs(true);
        step.setTimeoutMinutes(5);
        step.setOnAbort("leave");
        step.setUnstablePhases(List.of("Failed", "Error"));
        step.setArchiveOutputs("report, main/log");
        step.setParameterFile("values.yaml");

        SubmitOrder expected = new SubmitOrder();
        expected.file = "build.yaml";
        expected.manifest = "kind: Workflow";
        expected.labels = new ArrayList<>(List.of("team=a", "level=3"));
        expected.preflight = false;
        expected.wait = false;
        expected.logs = false;
        expected.executorLogs = true;
        expected.timeoutMinutes = 5;
        expected.onAbort = "leave";
        expected.unstablePhases = new ArrayList<>(List.of("Failed", "Error"));
        expected.archiveOutputs = new ArrayList<>(List.of("report", "main/log"));
        expected.parameterFile = "values.yaml";
        assertThat(step.order(ClusterChoice.of(Map.of())))
                .usingRecursiveComparison()
                .isEqualTo(expected);
        assertThat(step.getFile()).isEqualTo("build.yaml");
        assertThat(step.getManifest()).isEqualTo("kind: Workflow");
        assertThat(step.getLabels()).containsExactly("team=a", "level=3");
        assertThat(List.of(step.isPreflight(), step.isWait(), step.isLogs())).containsOnly(false);
        assertThat(step.isExecutorLogs()).isTrue();
        assertThat(step.getTimeoutMinutes()).isEqualTo(5);
        assertThat(step.getOnAbort()).isEqualTo("leave");
        assertThat(step.getUnstablePhases()).containsExactly("Failed", "Error");
        assertThat(step.getArchiveOutputs()).isEqualTo("report, main/log");
    }
}
