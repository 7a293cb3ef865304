package io.jenkins.plugins.argopreflight.engine.argo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.Unresolved;
import io.jenkins.plugins.argopreflight.testing.InRun;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A part of a variable's name in an expression means the same after a dot, in an index, and in parentheses. */
@ExtendWith(InRun.class)
class VariableIndexTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "steps.scan.status == 'Failed'",
                "steps['scan'].status == 'Failed'",
                "(steps['scan']['status'] == 'Failed') && workflow.name != ''",
                "steps.scan.status == 'Failed' // don't run",
                "steps.scan.status /* don't run */ == 'Failed'",
                "steps.scan.status == 'Failed'; true",
                "let status = steps.scan.status; status == 'Failed'",
                "steps.scan.status == 'Failed' & true"
            })
    void shouldReportAStepThatHasNotBegunWhenAHookIsEvaluated(String expression) {
        ArgoPods pods = Given.pods("4.0.5", Given.workflow("""
                - name: main
                  steps:
                  - - name: build
                      template: echo
                      hooks: {failed: {template: echo, expression: "%s"}}
                  - - {name: scan, template: echo}
                - name: echo
                  container: {image: i, command: [c]}
                """.formatted(expression)));

        assertThat(pods.problems())
                .extracting(Problem::text)
                .containsExactly(
                        "cannot fetch status from <nil> in " + expression + ": no step scan has begun by then");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(1 > 2 ? steps.scan.status : 'x') == 'y'",
                "(steps.build.status == 'Failed' ? steps.scan : steps.build).status == 'Failed'",
                "steps.build.status == 'Failed' && steps.scan.status == 'Failed'",
                "steps.scan?.status == 'Failed'"
            })
    void shouldNotReportAStepThatAHookMayNotRead(String expression) {
        ArgoPods pods = Given.pods("4.0.5", Given.workflow("""
                - name: main
                  steps:
                  - - name: build
                      template: echo
                      hooks: {failed: {template: echo, expression: "%s"}}
                  - - {name: scan, template: echo}
                - name: echo
                  container: {image: i, command: [c]}
                """.formatted(expression)));

        assertThat(pods.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"workflow.parameters.brunch", "workflow.parameters['brunch']", " workflow['parameters'].brunch "
            })
    void shouldReportALabelFromAParameterThatTheWorkflowDoesNotHave(String expression) {
        ArgoPods pods = Given.pods("4.0.5", """
                kind: Workflow
                metadata: {name: wf}
                spec:
                  entrypoint: main
                  arguments: {parameters: [{name: branch, value: main}]}
                  workflowMetadata: {labelsFrom: {branch: {expression: "%s"}}}
                  templates: [{name: main, container: {image: i, command: [c]}}]
                """.formatted(expression));

        assertThat(pods.problems())
                .extracting(Problem::text)
                .containsExactly(
                        "failed to evaluate label \"branch\": expression \"" + expression + "\" gives no string");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asInt(workflow.parameters.count) + 1",
                "asInt(workflow.parameters['count']) + 1",
                "let count = workflow.parameters.count; asInt(count) + 1",
                "asInt(workflow.parameters.count) + 1 // don't forget it",
                "asInt(workflow.parameters.count) + @"
            })
    void shouldKnowThatTheCallerOfATemplateSuppliesTheValue(String expression) {
        ArgoPods pods = Given.podsOfLibrary("4.0.5", """
                kind: WorkflowTemplate
                metadata: {name: wf}
                spec:
                  entrypoint: main
                  arguments: {parameters: [{name: count}]}
                  templates: [{name: main, container: {image: i, command: [c], args: ["{{=%s}}"]}}]
                """.formatted(expression));

        assertThat(pods.pods().get(0).unresolved())
                .hasSize(1)
                .allMatch(Unresolved::isOfCaller)
                .extracting(Unresolved::reason)
                .containsExactly("the caller of the template supplies it");
    }
}
