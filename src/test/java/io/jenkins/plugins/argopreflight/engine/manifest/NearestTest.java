package io.jenkins.plugins.argopreflight.engine.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

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
        assertThat(Nearest.distance(a, b)).isEqualTo(distance);
    }

    @ParameterizedTest
    @CsvSource({
        "workflow.nmae,workflow.name",
        "workflow.parameters.enviroment,workflow.parameters.environment",
        "steps.complie.outputs.result,steps.compile.outputs.result",
        "step.compile.outputs.result,steps.compile.outputs.result",
    })
    void shouldFindASimilarVariable(String misspelt, String variable) {
        assertThat(Nearest.toVariable(
                        misspelt,
                        List.of(
                                "workflow.name",
                                "workflow.parameters.environment",
                                "workflow.parameters.tag",
                                "steps.compile.outputs.result",
                                "steps.db.outputs.result")))
                .contains(variable);
    }

    /** They differ in the only part that is theirs. */
    @Test
    void shouldNotFindAVariableThatOnlyBeginsAlike() {
        List<String> variables = List.of("workflow.parameters.tag", "workflow.parameters.branch", "workflow.name");
        assertThat(Nearest.toVariable("workflow.parameters.release", variables)).isEmpty();
        assertThat(Nearest.toVariable("workflow.parameters.archive", variables)).isEmpty();
        assertThat(Nearest.toVariable("workflow.phase", variables)).isEmpty();
        assertThat(Nearest.toVariable("tasks.D.status", List.of("tasks.A.status")))
                .isEmpty();
        assertThat(Nearest.toVariable("inputs.parameters.a", List.of("inputs.parameters")))
                .isEmpty();
    }

    @Test
    void shouldLetAThirdOfTheLettersDiffer() {
        assertThat(Nearest.to("REGCERD", List.of("regcred", "registry"))).contains("regcred");
        assertThat(Nearest.to("none", List.of("own"))).isEmpty();
    }
}
