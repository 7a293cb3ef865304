package io.jenkins.plugins.argopreflight.engine.util.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InRun.class)
class SimilarNamesTest {

    @ParameterizedTest
    @CsvSource({
        "name,name,0",
        "name,nmae,1",
        "abcd,badc,2",
        "ca,abc,3",
        "kitten,sitting,3",
        "'',ab,2",
        "ab,'',2",
        "complie,compile,1",
    })
    void shouldCountChanges(String a, String b, int distance) {
        assertThat(SimilarNames.edits(a, b)).isEqualTo(distance);
    }

    @ParameterizedTest
    @CsvSource({
        "workflow.nmae,workflow.name",
        "workflow.parameters.enviroment,workflow.parameters.environment",
        "steps.complie.outputs.result,steps.compile.outputs.result",
        "step.compile.outputs.result,steps.compile.outputs.result",
    })
    void shouldFindASimilarVariable(String misspelt, String variable) {
        assertThat(SimilarNames.similarVariable(
                        misspelt,
                        List.of(
                                "workflow.name",
                                "workflow.parameters.environment",
                                "workflow.parameters.tag",
                                "steps.compile.outputs.result",
                                "steps.db.outputs.result")))
                .contains(variable);
    }

    /** The names differ in the only part that is not common to all variables. */
    @Test
    void shouldNotFindAVariableThatOnlyBeginsAlike() {
        List<String> variables = List.of("workflow.parameters.tag", "workflow.parameters.branch", "workflow.name");
        assertThat(SimilarNames.similarVariable("workflow.parameters.release", variables))
                .isEmpty();
        assertThat(SimilarNames.similarVariable("workflow.parameters.archive", variables))
                .isEmpty();
        assertThat(SimilarNames.similarVariable("workflow.phase", variables)).isEmpty();
        assertThat(SimilarNames.similarVariable("tasks.D.status", List.of("tasks.A.status")))
                .isEmpty();
        assertThat(SimilarNames.similarVariable("inputs.parameters.a", List.of("inputs.parameters")))
                .isEmpty();
    }

    @Test
    void shouldChargeEachComparisonToTheRun() {
        long before = Budget.current().used(Limit.WORK_UNITS);
        SimilarNames.to("regcerd", List.of("regcred", "registry"));
        long afterNames = Budget.current().used(Limit.WORK_UNITS);
        SimilarNames.similarVariable("workflow.nmae", List.of("workflow.name", "workflow.uid"));
        assertThat(afterNames - before).isEqualTo(2);
        assertThat(Budget.current().used(Limit.WORK_UNITS) - afterNames).isEqualTo(2);
    }

    @Test
    void shouldLetAThirdOfTheLettersDiffer() {
        assertThat(SimilarNames.to("REGCERD", List.of("regcred", "registry"))).contains("regcred");
        assertThat(SimilarNames.to("none", List.of("own"))).isEmpty();
    }
}
