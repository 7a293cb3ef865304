package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixNote;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FixTemplateTest {

    private static final FixTemplate TEMPLATE = new FixTemplate(
            FixNote.of("read the log"), List.of("argo", "logs", "{Workflow:workflow}", "{Pod?:pod}", "a?:b"));

    @Test
    void shouldLeaveOutOnlyWhatHasNoValue() {
        assertThat(TEMPLATE.fill(Map.of("workflow", "build")))
                .isEqualTo(of(Operand.name("Workflow", "build"), Operand.text("a?:b")));
        assertThat(TEMPLATE.fill(Map.of("workflow", "build", "pod", "build-1")))
                .isEqualTo(of(Operand.name("Workflow", "build"), Operand.name("Pod", "build-1"), Operand.text("a?:b")));
    }

    private static RunCommands of(Operand... operands) {
        return RunCommands.of(Command.of("argo", "logs").with(operands)).because("read the log");
    }
}
