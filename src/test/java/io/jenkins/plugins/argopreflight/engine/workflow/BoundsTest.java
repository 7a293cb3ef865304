package io.jenkins.plugins.argopreflight.engine.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unresolved;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
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
        assertThat(made.pods().get(0).countOpen()).isTrue();
        assertThat(made.pods().get(0).conditions()).isEmpty();
        assertThat(made.problems()).extracting(Problem::kind).contains(Problem.Kind.ABRIDGED);
    }

    @Test
    void shouldSayThatArgoStopsAtRecursionWithoutAnEnd() {
        ArgoPods made = Given.pods("4.0.5", Given.workflow("- {name: main, steps: [[{name: a, template: main}]]}\n"));
        assertThat(made.pods()).isEmpty();
        assertThat(made.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
            assertThat(problem.message()).contains("Maximum recursion depth exceeded");
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
                .extracting(Problem::message)
                .anySatisfy(message -> assertThat(message).contains("20000"));
    }

    @Test
    @Tag("fuzz")
    void shouldGrowLinearly() {
        StringBuilder templates = new StringBuilder("- name: main\n  dag:\n    tasks:\n");
        for (int i = 0; i < 20; i++) {
            templates
                    .append("    - {name: x")
                    .append(i)
                    .append(", template: t")
                    .append(i)
                    .append(i == 0 ? "}\n" : ", depends: x" + (i - 1) + "}\n");
        }
        for (int i = 0; i < 20; i++) {
            templates
                    .append("- {name: t")
                    .append(i)
                    .append(", container: {image: 'i:")
                    .append(i)
                    .append("', command: [c], env: [{name: A, value: '{{workflow.name}}'}]}}\n");
        }
        String yaml = Given.workflow(templates.toString());
        time(yaml, 100);
        long few = time(yaml, 200).toMillis();
        long many = time(yaml, 800).toMillis();
        System.out.println("800 workflows x 20 templates: " + many + " ms, 200: " + few + " ms");
        assertThat(many).isLessThan(8 * few + 500);
    }

    private static Duration time(String yaml, int workflows) {
        long start = System.nanoTime();
        for (int i = 0; i < workflows; i++) {
            assertThat(Given.pods("4.0.5", yaml).pods()).hasSize(20);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
