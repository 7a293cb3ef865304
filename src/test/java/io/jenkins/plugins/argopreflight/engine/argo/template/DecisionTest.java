package io.jenkins.plugins.argopreflight.engine.argo.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InRun.class)
class DecisionTest {

    private static final Set<String> EXPECTED_FAILURES = Set.of("steps.scan");

    private static String withMarks(String when) {
        UnknownValues unknowns = new UnknownValues();
        return Pattern.compile("\\{\\{(.*?)}}")
                .matcher(when)
                .replaceAll(tag -> unknowns.mark(tag.group(1), "it is known only at run time"));
    }

    /** Argo replaces a status before it parses the condition: also in quotes, and in a part of a word. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{{steps.build.status}} == Succeeded ; true",
                "{{tasks.build.status}} != Succeeded ; false",
                "'{{steps.build.status}}' == 'Succeeded' ; true",
                "\"a {{steps.build.status}}\" == 'a Succeeded' ; true",
                "a{{steps.build.status}}b == aSucceededb ; true",
                "{{steps.build.status}}{{tasks.test.status}} == SucceededSucceeded ; true",
                "1{{steps.build.status}} == Succeeded ;",
                "{{steps.build.status}} =~ '^Succ' ; true",
                "{{steps.build.status}} in (Failed, Succeeded) ; true",
                "{{workflow.status}} == Running ; true",
                "{{steps.scan.status}} == Succeeded ;",
                "{{steps.scan.status}} == Failed || {{steps.build.status}} == Succeeded ; true",
                "{{steps.build.exitCode}} == 0 ;",
                "{{steps.build.outputs.parameters.status}} == Succeeded ;",
                "{{inputs.parameters.status}} == Succeeded ;",
                "{{steps.status}} == Succeeded ;",
            })
    void shouldAssumeThatNodesBeforeSucceed(String when, Boolean runs) {
        String condition = withMarks(when);

        Decision decision = Decision.ofWhen(condition, false, EXPECTED_FAILURES);

        assertThat(decision.now()).isEmpty();
        assertThat(decision.otherwise()).isEqualTo(Optional.ofNullable(runs));
        assertThat(decision.condition()).isEqualTo("when: " + when);
    }

    @Test
    void shouldAssumeThatTheWorkflowSucceedsBeforeItsExitHandler() {
        String condition = withMarks("{{workflow.status}} == Succeeded");

        assertThat(Decision.ofWhen(condition, true, Set.of()).otherwise()).contains(true);
        assertThat(Decision.ofWhen(condition, false, Set.of()).otherwise()).contains(false);
    }
}
