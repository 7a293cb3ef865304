package io.jenkins.plugins.argopreflight.engine.argo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.Unresolved;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProcessorTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@ExtendWith(InRun.class)
class BoundsTest {

    private static final String LEAF =
            "- {name: leaf, inputs: {parameters: [{name: x, value: y}]}, container: {image: i, command: [c], args: ['{{inputs.parameters.x}}']}}\n";

    @ParameterizedTest
    @ValueSource(strings = {"withSequence: {count: '10001'}", "withSequence: {start: '1', end: '2000000000'}"})
    void shouldShowOnePodForManyItems(String loop) {
        ArgoPods made = Given.pods(
                "4.0.5",
                Given.workflow("- name: main\n  steps:\n  - - {name: a, template: leaf, " + loop
                        + ", arguments: {parameters: [{name: x, value: '{{item}}'}]}}\n" + LEAF));
        assertThat(made.pods()).hasSize(1);
        assertThat(made.pods().get(0).count()).isGreaterThan(10_000);
        assertThat(made.pods().get(0).unresolved())
                .extracting(Unresolved::variable)
                .contains("item");
        assertThat(made.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.ABRIDGED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "steps:\n    - - {name: a, template: leaf, withSequence: {count: '10001'}}",
                "dag: {tasks: [\n      {name: a, template: leaf, withSequence: {count: '10001'}}]}"
            })
    void shouldPointToALoopInTheTemplateThatHoldsIt(String loop) {
        ArgoPods made = Given.pods(
                "4.0.5",
                Given.workflow("- {name: main, steps: [[{name: a, templateRef: {name: shared, template: many}}]]}\n")
                        + "---\nkind: WorkflowTemplate\nmetadata: {name: shared}\nspec:\n  templates:\n  - name: many\n    "
                        + loop + "\n" + LEAF.indent(2));
        assertThat(made.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.ABRIDGED);
            assertThat(problem.location().line()).isEqualTo(14);
        });
    }

    @Test
    void shouldDistinguishPodsOfFewItems() {
        ArgoPods made = Given.pods(
                "4.0.5",
                Given.workflow(
                        "- name: main\n  steps:\n  - - {name: a, template: leaf, withItems: [p, q, p], arguments: {parameters: [{name: x, value: '{{item}}'}]}}\n"
                                + LEAF));
        assertThat(made.pods()).extracting(ArgoPod::count).containsExactly(2L, 1L);
        assertThat(made.pods().get(0).nodeNames()).containsExactly("wf[0].a(0:p)", "wf[0].a(2:p)");
    }

    @Test
    void shouldStopAtRecursionThatARunDecides() {
        ArgoPods made = Given.pods(
                "4.0.5",
                Given.workflow("- name: main\n  steps:\n  - - {name: flip, template: leaf}\n"
                        + "  - - {name: again, template: other, when: '{{steps.flip.outputs.result}} == tails'}\n"
                        + "- name: other\n  dag: {tasks: [{name: back, template: main}]}\n" + LEAF));
        assertThat(made.pods()).hasSize(1);
        assertThat(made.pods().get(0).isCountOpen()).isTrue();
        assertThat(made.pods().get(0).conditions()).isEmpty();
        assertThat(made.problems()).extracting(Problem::kind).contains(Problem.Kind.ABRIDGED);
    }

    @Test
    void shouldSayThatArgoStopsAtRecursionWithoutAnEnd() {
        ArgoPods made = Given.pods("4.0.5", Given.workflow("- {name: main, steps: [[{name: a, template: main}]]}\n"));
        assertThat(made.pods()).isEmpty();
        assertThat(made.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
            assertThat(problem.text()).contains("Maximum recursion depth exceeded");
        });
    }

    @Test
    void shouldFollowRecursionThatCountsDown() {
        ArgoPods made = Given.pods(
                "4.0.5",
                Given.workflow("- name: main\n  inputs: {parameters: [{name: left, value: '3'}]}\n  steps:\n"
                        + "  - - {name: a, template: leaf, arguments: {parameters: [{name: x, value: '{{inputs.parameters.left}}'}]}}\n"
                        + "  - - {name: b, template: main, when: '{{inputs.parameters.left}} > 1', arguments: {parameters:"
                        + " [{name: left, value: '{{=asInt(inputs.parameters.left) - 1}}'}]}}\n" + LEAF));
        assertThat(made.pods())
                .extracting(pod -> pod.spec()
                        .path("containers")
                        .path(1)
                        .path("args")
                        .path(0)
                        .asText())
                .containsExactly("3", "2", "1");
        assertThat(made.problems()).isEmpty();
    }

    @Test
    @Tag("fuzz")
    void shouldStopAtAnExplosionOfNodes() {
        StringBuilder templates = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            templates.append("- name: ").append(i == 0 ? "main" : "t" + i).append("\n  dag:\n    tasks:\n");
            for (int j = 0; j < 10; j++) {
                templates
                        .append("    - {name: x")
                        .append(j)
                        .append(", template: ")
                        .append(i == 11 ? "leaf" : "t" + (i + 1))
                        .append("}\n");
            }
        }
        ArgoPods made = Given.pods("4.0.5", Given.workflow(templates + LEAF));
        assertThat(made.pods()).hasSize(1);
        assertThat(made.problems())
                .extracting(Problem::text)
                .anySatisfy(message -> assertThat(message).contains("20000"));
    }

    /** Processor time of this thread, because other test processes share the processors. */
    @Test
    @Tag("fuzz")
    void shouldGrowLinearly() {
        String few = chain(100);
        String many = chain(400);
        long one = Long.MAX_VALUE;
        long four = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            one = Math.min(one, time(few, 100));
            four = Math.min(four, time(many, 400));
        }
        System.out.println(
                "four expansions of 400 tasks and templates: " + four / 1_000 + " us, of 100: " + one / 1_000 + " us");
        assertThat(four).isLessThan(6 * one);
    }

    /** Tasks and templates: as many as {@code length}, each task after the one before. */
    private static String chain(int length) {
        StringBuilder tasks = new StringBuilder("- name: main\n  dag:\n    tasks:\n");
        StringBuilder templates = new StringBuilder();
        for (int i = 0; i < length; i++) {
            tasks.append("    - {name: x")
                    .append(i)
                    .append(", template: t")
                    .append(i)
                    .append(i == 0 ? "}\n" : ", depends: x" + (i - 1) + "}\n");
            templates
                    .append("- {name: t")
                    .append(i)
                    .append(", container: {image: 'i:")
                    .append(i)
                    .append("', command: [c], env: [{name: A, value: '{{workflow.name}}'}]}}\n");
        }
        return Given.workflow(tasks.toString() + templates);
    }

    /** Returns the processor time of four expansions in nanoseconds. */
    private static long time(String yaml, int pods) {
        return ProcessorTime.of(() -> {
                    for (int i = 0; i < 4; i++) {
                        assertThat(Given.pods("4.0.5", yaml).pods()).hasSize(pods);
                    }
                })
                .toNanos();
    }
}
