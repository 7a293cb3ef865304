package io.jenkins.plugins.argopreflight.engine.argo.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.ArgoPods;
import io.jenkins.plugins.argopreflight.engine.argo.Given;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The condition on which the pod of template "bad" exists, and the consequence of its failure, as in Argo's operator.
 */
@ExtendWith(InRun.class)
class ExistenceTest {

    private static final String LEAVES = """
            - {name: ok, inputs: {parameters: [{name: x, default: d}]}, script: {image: ok, command: [c], source: s}}
            - {name: bad, inputs: {parameters: [{name: x, default: d}]}, container: {image: bad, command: [c]}}
            - {name: inner, steps: [[{name: b, template: bad}]]}
            - {name: tolerant, steps: [[{name: b, template: bad, continueOn: {failed: true, error: true}}]]}
            """;

    private static String excuse(String main, String more, Ending ending) {
        String workflow = Given.workflow("- {name: main, " + main + "}\n" + LEAVES);
        ArgoPods made = Given.pods("4.0.5", workflow + (more == null ? "" : "  " + more + "\n"));
        assertThat(made.problems()).isEmpty();
        return made.pods().stream()
                .filter(pod -> pod.template().equals("bad"))
                .flatMap(pod -> pod.existences().stream())
                .map(existence -> existence.excuse(ending).orElse("none"))
                .sorted()
                .collect(Collectors.joining(" | "));
    }

    /** Pods that a pod creates and waits for do not count more than that pod. */
    @Test
    void shouldTolerateWithinWhatIsTolerated() {
        Existence own = new Existence(List.of(), Tolerance.NONE);
        Existence detached = new Existence(List.of(), Tolerance.DETACHED);

        assertThat(own.createdBy(detached, true).tolerance()).isEqualTo(Tolerance.DETACHED);
        assertThat(own.createdBy(own, true).tolerance()).isEqualTo(Tolerance.NONE);
        assertThat(own.createdBy(own, false).tolerance()).isEqualTo(Tolerance.DETACHED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "steps: [[{name: b, template: bad}]] => none",
                "steps: [[{name: b, template: bad, when: '1 == 1'}]] => none",
                "steps: [[{name: b, template: bad, when: '1 == 2'}]] => ",
                "steps: [[{name: a, template: ok}], [{name: b, template: bad, when: '{{steps.a.outputs.result}} == x'}]] => when: {{steps.a.outputs.result}} == x",
                "steps: [[{name: a, template: ok}], [{name: b, template: bad, when: '{{steps.a.status}} == Succeeded'}]] => none",
                "steps: [[{name: a, template: ok, continueOn: {failed: true}}], [{name: b, template: bad, when: '{{steps.a.status}} != Succeeded'}]] => when: {{steps.a.status}} != Succeeded",
                "steps: [[{name: a, template: ok}], [{name: b, template: bad, withParam: '{{steps.a.outputs.result}}'}]] => withParam {{steps.a.outputs.result}} is not empty",
                "steps: [[{name: b, template: bad, withItems: [1, 2]}]] => none",
                "steps: [[{name: b, template: bad, withParam: '[]'}]] => ",
                "steps: [[{name: a, template: ok, hooks: {exit: {template: bad, expression: 'steps[\"a\"].status == \"Failed\"'}}}]] => only on failure: hook: steps[\"a\"].status == \"Failed\"",
                "dag: {tasks: [{name: a, template: ok}, {name: b, template: bad, depends: a.Failed}]} => only on failure: depends: a.Failed",
                "dag: {tasks: [{name: a, template: ok}, {name: b, template: bad, depends: a.Failed || a.Succeeded}]} => none",
                "dag: {tasks: [{name: a, template: ok}, {name: b, template: ok, depends: a.Failed}, {name: c, template: bad, depends: b}]} => only on failure: depends: b",
                "dag: {tasks: [{name: a, template: ok}, {name: b, template: ok, depends: a.Failed}, {name: c, template: bad, depends: b.Omitted}]} => none",
                "dag: {tasks: [{name: a, template: ok, when: '{{workflow.parameters.x}} == 1'}, {name: b, template: bad, dependencies: [a]}]} => none",
            })
    void shouldStateItsCondition(String main, String condition) {
        assertThat(excuse(main, "arguments: {parameters: [{name: x, value: '1'}]}", Ending.PENDING))
                .isEqualTo(condition == null ? "" : condition);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "steps: [[{name: b, template: bad}]] => false => false",
                "steps: [[{name: b, template: bad, continueOn: {failed: true}}]] => true => false",
                "steps: [[{name: b, template: bad, continueOn: {error: true}}]] => false => true",
                "steps: [[{name: b, template: inner, continueOn: {failed: true}}]] => true => true",
                "steps: [[{name: b, template: inner, continueOn: {error: true}}]] => false => false",
                "steps: [[{name: b, template: tolerant}]] => true => true",
                "steps: [[{name: a, template: ok, onExit: bad}]] => true => true",
                "steps: [[{name: a, template: ok, hooks: {run: {template: bad, expression: 'steps[\"a\"].status == \"Succeeded\"'}}}]] => true => true",
                "dag: {tasks: [{name: b, template: bad}]} => false => false",
                "dag: {tasks: [{name: b, template: bad, continueOn: {failed: true}}]} => true => false",
                "dag: {tasks: [{name: b, template: bad}, {name: c, template: ok, depends: b.Failed}]} => true => false",
                "dag: {tasks: [{name: b, template: bad}, {name: c, template: ok, depends: b.Failed || b.Errored || b.Succeeded}]} => true => true",
                "dag: {tasks: [{name: b, template: bad}, {name: c, template: ok, depends: b}, {name: d, template: ok, depends: b.Failed}]} => false => false",
                "dag: {tasks: [{name: b, template: bad, continueOn: {failed: true}}, {name: c, template: ok, dependencies: [b]}]} => true => false",
                "dag: {target: c, tasks: [{name: b, template: bad}, {name: c, template: ok, depends: b.Failed || b.Succeeded}, {name: d, template: ok, depends: b}]} => true => false",
            })
    void shouldKnowWhetherItsFailureIsTolerated(String main, boolean failed, boolean error) {
        assertThat(excuse(main, null, Ending.FAILED).equals("none")).isEqualTo(!failed);
        assertThat(excuse(main, null, Ending.ERROR).equals("none")).isEqualTo(!error);
        assertThat(excuse(main, null, Ending.PENDING)).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "onExit: bad => none",
                "onExit: onFailure => only on failure: when: {{workflow.status}} != Succeeded",
                "onExit: onSuccess => none",
                "hooks: {exit: {template: bad}} => none",
                "hooks: {running: {template: bad, expression: workflow.status == \"Running\"}} => the workflow goes on when the pod fails (continueOn, depends or a hook)",
                "hooks: {failed: {template: bad, expression: workflow.status == \"Failed\"}} => only on failure: hook: workflow.status == \"Failed\"",
            })
    void shouldKnowExitHandlers(String more, String excuse) {
        String handlers = "steps: [[{name: a, template: ok}]]}\n"
                + "- {name: onFailure, steps: [[{name: b, template: bad, when: '{{workflow.status}} != Succeeded'}]]}\n"
                + "- {name: onSuccess, steps: [[{name: b, template: bad, when: '{{workflow.status}} == Succeeded'}]]}\n"
                + "- {name: unused, suspend: {}";
        assertThat(excuse(handlers, more, Ending.ERROR)).isEqualTo(excuse);
    }
}
