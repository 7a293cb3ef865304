package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class WorkflowParametersTest {

    @Test
    void shouldSeparateAtTheFirstEqualsSignAndTakeTheLastOfAName() throws Exception {
        assertThat(WorkflowParameters.pairs("parameters", List.of("tag=v1", "flags=-o=json", "tag=v2", "empty=")))
                .containsEntry("tag", "v2")
                .containsEntry("flags", "-o=json")
                .containsEntry("empty", "")
                .hasSize(3);
    }

    @Test
    void shouldTakeTheListAloneWithoutAFile() throws Exception {
        assertThat(WorkflowParameters.of(List.of("tag=v1"), "", null)).containsOnlyKeys("tag");
    }
}
