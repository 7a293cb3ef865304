package io.jenkins.plugins.argopreflight.engine.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressCheckTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Duration PICKUP = Duration.ofMinutes(1);

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private int stuck;

    private final ProgressCheck check = new ProgressCheck(
            PICKUP,
            (pause, task) -> {
                pauses.add(pause);
                tasks.add(task);
            },
            new RecordingListener() {
                @Override
                public void stuck(ObjectNode workflow) {
                    stuck++;
                }
            });

    /**
     * A workflow of which all nodes have ended is diagnosed as well: it waits for results, or for a value that never
     * comes.
     */
    @ParameterizedTest
    @CsvSource({
        "Pending, false, true",
        "Succeeded, false, true",
        "Running, false, false",
        "Succeeded, true, false",
    })
    void shouldLookCloserAtAWorkflowOfWhichNothingRuns(String node, boolean suspended, boolean closer)
            throws IOException {
        ObjectNode workflow = (ObjectNode) YAML.readTree("""
            metadata: {name: build, namespace: ci}
            spec: {suspend: %s}
            status: {phase: Running, nodes: {a: {id: a, name: a, type: Pod, phase: %s}}}
            """.formatted(suspended, node));
        check.begin();
        check.changed(workflow, WorkflowState.of(workflow));
        for (int i = 0; i < 4; i++) {
            tasks.remove().run();
        }

        assertThat(stuck).isEqualTo(closer ? 4 : 0);
        // The first look follows a change; from then on it waits twice as long each time.
        assertThat(pauses.subList(1, 5))
                .containsExactlyElementsOf(
                        closer
                                ? List.of(
                                        PICKUP, PICKUP.multipliedBy(2), PICKUP.multipliedBy(4), PICKUP.multipliedBy(8))
                                : List.of(PICKUP, PICKUP, PICKUP, PICKUP));
    }

    /** Such as a sidecar that never ends: its node stays Running. What runs for hours as it is meant to costs few looks. */
    @ParameterizedTest
    @CsvSource({"Pod, 3", "Suspend, 0"})
    void shouldLookCloserAtWhatRunsWithoutAChangeForLong(String type, int looks) throws IOException {
        ObjectNode workflow = (ObjectNode) YAML.readTree("""
            metadata: {name: build, namespace: ci}
            status: {phase: Running, nodes: {a: {id: a, name: a, type: %s, phase: Running}}}
            """.formatted(type));
        check.begin();
        check.changed(workflow, WorkflowState.of(workflow));
        for (int minute = 0; minute < 10; minute++) {
            tasks.remove().run();
        }
        assertThat(stuck).isZero();
        for (int minute = 10; minute <= 60; minute++) {
            tasks.remove().run();
        }

        // After 10, 20 and 40 minutes.
        assertThat(stuck).isEqualTo(looks);
        check.changed(workflow, WorkflowState.of(workflow));
        for (int minute = 0; minute < 10; minute++) {
            tasks.remove().run();
        }
        assertThat(stuck).isEqualTo(looks);
    }
}
