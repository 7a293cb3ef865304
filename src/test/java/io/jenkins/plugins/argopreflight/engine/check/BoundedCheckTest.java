package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.check.catalog.RunNotes;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A check of workflows without an end, or nearly: it ends, makes few pods of many, and says so. */
@Timeout(60)
@ExtendWith(InRun.class)
class BoundedCheckTest {

    private static final Set<String> SAID = Set.of("refused-by-argo");
    private static final String LEAF =
            "- {name: leaf, inputs: {parameters: [{name: x, value: y}]}, container: {image: i,"
                    + " command: [c], args: ['{{inputs.parameters.x}}']}}\n";
    private static final String ITEM = ", arguments: {parameters: [{name: x, value: '{{item}}'}]}}]]}\n" + LEAF;
    private static final String STEP = "- {name: main, steps: [[{name: a, template: leaf, ";

    /** Templates, how many distinct pods, how many in all, and what is said. */
    static Stream<Arguments> workflows() {
        return Stream.of(
                of(STEP + "withSequence: {count: '10000'}" + ITEM, 1, 10_000, "loops over 10000 items"),
                of(STEP + "withItems: " + items(10_001) + ITEM, 1, 10_001, "loops over 10001 items"),
                of(STEP + "withParam: '" + items(10_001) + "'" + ITEM, 1, 10_001, "loops over 10001 items"),
                of(STEP + "withParam: '[\"" + "x".repeat(2_000_000) + "\"]'" + ITEM, 1, 1, ""),
                of(STEP + "withParam: '" + "[".repeat(500) + "]".repeat(500) + "'" + ITEM, 1, 1, ""),
                of("- {name: main, steps: [[{name: a, template: main}]]}\n", 0, 0, "Maximum recursion depth exceeded"),
                of(
                        "- {name: main, dag: {tasks: [{name: a, template: other}]}}\n"
                                + "- {name: other, steps: [[{name: b, template: main}]]}\n",
                        0,
                        0,
                        "Maximum recursion depth exceeded"),
                of(
                        "- name: main\n"
                                + "  steps:\n"
                                + "  - - {name: flip, template: leaf}\n"
                                + "  - - {name: again, template: other, when: '{{steps.flip.outputs.result}} == tails'}\n"
                                + "- {name: other, dag: {tasks: [{name: back, template: main}]}}\n" + LEAF,
                        1,
                        2,
                        "calls itself"),
                of(nested(99, 1), 1, 1, ""),
                of(nested(12, 10), 1, 0, "20000"));
    }

    private static Arguments of(String templates, int distinct, long count, String said) {
        return Arguments.of(templates, distinct, count, said);
    }

    /** The loop is small enough to be followed, and its pods are more than the limit. */
    @Test
    void shouldMakeNoMorePodsThanTheLimit() {
        String yaml =
                "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: wf}\nspec:\n  entrypoint: main\n"
                        + "  templates:\n" + (STEP + "withItems: " + items(30) + ITEM).indent(2);
        try (Budget.Scope run = Budget.open(RunLimits.parse(List.of("pods=10")))) {
            Facts facts = FactsOf.manifests(new ManifestReader().read("wf.yaml", yaml));
            assertThat(facts.workflows().get(0).pods()).hasSize(10);
            assertThat(new CheckRunner(Checks.all()).run(facts))
                    .flatExtracting(CheckResult::findings)
                    .anyMatch(finding -> finding.message().contains("pods=10"));
        }
    }

    private static String items(int many) {
        return IntStream.range(0, many).mapToObj(i -> "\"i" + i + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    /** Templates one within the other, each calling the next so many times. */
    private static String nested(int levels, int times) {
        StringBuilder templates = new StringBuilder();
        for (int i = 0; i < levels; i++) {
            String next = i == levels - 1 ? "leaf" : "t" + (i + 1);
            String tasks = IntStream.range(0, times)
                    .mapToObj(each -> "{name: x" + each + ", template: " + next + "}")
                    .collect(Collectors.joining(", "));
            templates.append("- {name: ").append(i == 0 ? "main" : "t" + i).append(", dag: {tasks: [");
            templates.append(tasks).append("]}}\n");
        }
        return templates + LEAF;
    }

    @Tag("fuzz")
    @ParameterizedTest
    @MethodSource("workflows")
    void shouldEndAndSayWhatWasAbridged(String templates, int distinct, long count, String said) {
        String yaml =
                "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: {name: wf}\nspec:\n  entrypoint: main\n"
                        + "  templates:\n" + templates.indent(2);
        Facts facts = FactsOf.manifests(new ManifestReader().read("wf.yaml", yaml));
        List<ArgoPod> pods = facts.workflows().get(0).pods();
        assertThat(pods).hasSize(distinct);
        if (count > 0) {
            assertThat(pods.get(0).count()).isEqualTo(count);
        }
        Map<String, List<Finding>> findings = new CheckRunner(Checks.all())
                .run(facts).stream()
                        .filter(result -> SAID.contains(result.info().id()))
                        .collect(Collectors.toMap(result -> result.info().id(), CheckResult::findings));
        assertThat(findings).containsOnlyKeys(SAID);
        List<String> messages = Stream.concat(
                        RunNotes.of(facts).stream().map(Note::detail),
                        findings.values().stream()
                                .flatMap(List::stream)
                                .map(finding -> finding.message() + " " + finding.evidence()))
                .toList();
        assertThat(String.join("\n", messages)).contains(said);
    }
}
