package io.jenkins.plugins.argopreflight.engine.argo.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.ArgoPods;
import io.jenkins.plugins.argopreflight.engine.argo.Given;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.testing.InRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The errors of argo-workflows' own validation, in its words. {@code argo lint} reports each of them as well. */
@ExtendWith(InRun.class)
class ValidationTest {

    private static final String LEAF =
            "- {name: leaf, inputs: {parameters: [{name: x, default: d}]}, container: {image: i, command: [c]},"
                    + " outputs: {parameters: [{name: made, valueFrom: {path: /made}}]}}\n";

    private static ArgoPods made(String main) {
        return Given.pods("4.0.5", Given.workflow("- {name: main, " + main + "}\n" + LEAF));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "timeout: '10', container: {image: i, command: [c]} | timeout | has invalid duration format in timeout",
                "timeout: 10 min, container: {image: i, command: [c]} | timeout | invalid timeout format",
                "timeout: 10m, steps: [[{name: a, template: leaf}]] | timeout | doesn't support timeout field",
                "activeDeadlineSeconds: 10, steps: [[{name: a, template: leaf}]] | activeDeadlineSeconds | only valid for leaf",
                "activeDeadlineSeconds: 10m, container: {image: i, command: [c]} | activeDeadlineSeconds | positive integer",
                "parallelism: 2, container: {image: i, command: [c]} | parallelism | only valid for steps and dag",
                "retryStrategy: {retryPolicy: Sometimes}, container: {image: i, command: [c]} | retryStrategy.retryPolicy | is not a valid RetryPolicy",
                "resource: {action: make, manifest: 'a: b'} | resource.action | must be one of: get, create, apply, delete, replace, patch",
                "resource: {action: create} | resource | resource.manifestFrom must be specified",
                "resource: {action: create, manifest: 'a: ['} | resource.manifest | must be a valid yaml",
                "outputs: {parameters: [{name: o}]}, container: {image: i, command: [c]} | outputs.parameters[0] | does not have valueFrom or value",
                "inputs: {parameters: [{name: a b, value: x}]}, container: {image: i, command: [c]} | inputs.parameters[0].name | is invalid: Parameter/Artifact name",
                "steps: [[{name: a b, template: leaf}]] | steps[0][0].name | is invalid: name must consist of",
                "steps: [[{name: a, template: leaf, withItems: [1], withParam: '[1]'}]] | steps[0][0] | only one of withItems",
                "steps: [[{name: a, template: leaf, arguments: {parameters: [{name: x}]}}]] | steps[0][0].arguments.parameters[0] | valueFrom is required",
                "steps: [[{name: a, template: leaf, arguments: {parameters: [{name: x, value: '{{steps.b.outputs.result}}'}]}}]] | steps[0][0].arguments.parameters[0].value | failed to resolve {{steps.b.outputs.result}}",
                "steps: [[{name: a, template: leaf}], [{name: b, template: leaf, when: '{{steps.a.outputs.parameters.z}} == 1'}]] | steps[1][0].when | failed to resolve {{steps.a.outputs.parameters.z}}",
                "steps: [[{name: a, template: leaf, arguments: {parameters: [{name: x, value: '{{item.os}}'}]}}]] | steps[0][0].arguments.parameters[0].value | failed to resolve {{item.os}}",
                "steps: [[{name: a, template: leaf, when: '{{item}} == 1'}]] | steps[0][0].when | Invalid 'when' expression",
                "steps: [[{name: a, template: leaf, when: 'on == '}]] | steps[0][0].when | Unexpected end of expression",
                "dag: {tasks: [{name: a, template: leaf, depends: b, dependencies: [b]}, {name: b, template: leaf}]} | dag.tasks[0].dependencies | cannot use both",
                "dag: {tasks: [{name: a, template: leaf, depends: b.AllFailed}, {name: b, template: leaf}]} | dag.tasks[0].depends | items-based condition",
                "dag: {target: z, tasks: [{name: a, template: leaf}]} | dag.target | target 'z' is not defined",
                "dag: {tasks: [{name: a, template: leaf}, {name: b, template: leaf, arguments: {parameters: [{name: x, value: '{{tasks.a.outputs.result}}'}]}}]} | dag.tasks[1].arguments.parameters[0].value | missing dependency 'a' for parameter 'x'",
            })
    void shouldRefuseWhatArgoRefuses(String main, String path, String words) {
        assertThat(made(main).problems())
                .filteredOn(problem -> problem.kind() == Problem.Kind.REFUSED)
                .anySatisfy(problem -> {
                    assertThat(problem.path()).isEqualTo("spec.templates[0]." + path);
                    assertThat(problem.text()).contains(words);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout: '{{workflow.uid}}', container: {image: i, command: [c]}",
                "retryStrategy: {limit: 2, backoff: {duration: '60'}}, container: {image: i, command: [c]}",
                "resource: {action: create, manifest: \"a: {{=1 + 1}}\\n---\\nb: [\"}",
                "steps: [[{name: a, template: leaf, withItems: [{os: x}], when: '{{item.os}} == x'}]]",
                "steps: [[{name: a, template: leaf}, {name: b, template: leaf, when: '{{steps.a.status}} == Succeeded'}]]",
                "steps: [[{name: a, template: leaf}], [{name: b, template: leaf, when: \"'{{steps.a.outputs.parameters.made}}' == 'a b'\"}]]",
                "dag: {tasks: [{name: a, template: leaf}, {name: b, template: leaf, depends: 'a.Succeeded || a.Failed', when: '{{tasks.a.exitCode}} == 0'}]}",
                "steps: [[{name: a, template: leaf, hooks: {exit: {template: leaf, arguments: {parameters: [{name: x, value: '{{steps.a.outputs.result}}'}]}}}}]]",
            })
    void shouldTakeWhatArgoTakes(String main) {
        assertThat(made(main).problems())
                .filteredOn(problem -> problem.kind() == Problem.Kind.REFUSED)
                .isEmpty();
    }

    @Test
    void shouldLookIntoTheTemplateThatIsReferredTo() {
        ArgoPods made = Given.pods(
                "4.0.5",
                "kind: Workflow\nmetadata: {name: wf}\nspec: {workflowTemplateRef: {name: shared}}\n---\n"
                        + "kind: WorkflowTemplate\nmetadata: {name: shared}\nspec:\n  entrypoint: main\n  templates:\n"
                        + "  - {name: main, timeout: '10', container: {image: i, command: [c]}}\n");
        assertThat(made.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.location().line()).isEqualTo(10);
            assertThat(problem.path()).isEqualTo("spec.templates[0].timeout");
        });
    }
}
