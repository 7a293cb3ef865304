package io.jenkins.plugins.argopreflight.engine.argo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Outputs of steps and tasks that do not run; source: argo-workflows pull requests 15442, 15841, 16223 and 16274. */
@ExtendWith(InRun.class)
class SkippedOutputsTest {

    private static final String PLAIN = "{path: /tmp/size}";
    private static final String WITH_DEFAULT = "{path: /tmp/size, default: \"7\"}";
    private static final String NEEDED = "{name: amount}";
    private static final String OPTIONAL = "{name: amount, default: \"3\"}";
    private static final String SIZE = "{{%s.measure.outputs.parameters.size}}";

    private static String steps(String output, String input, String argument) {
        return Given.workflow("""
                - name: main
                  steps:
                  - - {name: measure, template: measure, when: "1 == 2"}
                  - - name: report
                      template: report
                      arguments: {parameters: [{name: amount, value: "%s"}]}
                """.formatted(argument) + templates(output, input));
    }

    private static String dag(String output, String input, String argument) {
        return Given.workflow("""
                - name: main
                  dag:
                    tasks:
                    - {name: measure, template: measure, when: "1 == 2"}
                    - name: report
                      template: report
                      depends: measure.Skipped || measure
                      arguments: {parameters: [{name: amount, value: "%s"}]}
                """.formatted(argument) + templates(output, input));
    }

    private static String templates(String output, String input) {
        return """
                - name: measure
                  container: {image: i, command: [c]}
                  outputs: {parameters: [{name: size, valueFrom: %s}]}
                - name: report
                  inputs: {parameters: [%s]}
                  container: {image: "i:{{inputs.parameters.amount}}", command: [c]}
                """.formatted(output, input);
    }

    private static List<String> problems(String version, String workflow) {
        return Given.pods(version, workflow).problems().stream()
                .filter(problem -> problem.kind() == Problem.Kind.TOO_EARLY || problem.kind() == Problem.Kind.REFUSED)
                .map(problem -> problem.kind()
                        + (problem.existence()
                                        .filter(node -> node.conditions().isEmpty())
                                        .isPresent()
                                ? " "
                                : " perhaps ")
                        + problem.text().replaceFirst(":.*", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "3.6.19,NOTHING,NOTHING",
        "3.7.12,TOO_EARLY,TOO_EARLY",
        "3.7.15,TOO_EARLY,NOTHING",
        "3.7.16,REFUSED,REFUSED",
        "4.0.3,TOO_EARLY,TOO_EARLY",
        "4.0.6,TOO_EARLY,NOTHING",
        "4.0.7,REFUSED,REFUSED",
        "4.0.99,REFUSED,REFUSED",
        "4.1.0,REFUSED,REFUSED"
    })
    void shouldRefuseAnArgumentThatNothingGivesAValue(String version, String inSteps, String inDag) {
        assertThat(problems(version, steps(PLAIN, NEEDED, SIZE.formatted("steps"))))
                .containsExactlyElementsOf(expected(inSteps, "steps"));
        assertThat(problems(version, dag(PLAIN, NEEDED, SIZE.formatted("tasks"))))
                .containsExactlyElementsOf(expected(inDag, "tasks"));
    }

    private static List<String> expected(String kind, String root) {
        return switch (kind) {
            case "TOO_EARLY" -> List.of("TOO_EARLY failed to resolve " + SIZE.formatted(root));
            case "REFUSED" -> List.of("REFUSED inputs.parameters.amount");
            default -> List.of();
        };
    }

    @ParameterizedTest
    @CsvSource({"3.7.15,i:,false", "3.7.16,i:7,true", "4.0.7,i:7,true", "4.1.2,i:7,true"})
    void shouldTakeTheDefaultOfTheOutput(String version, String image, boolean known) {
        for (String input : List.of(NEEDED, OPTIONAL)) {
            ArgoPods pods = Given.pods(version, steps(WITH_DEFAULT, input, SIZE.formatted("steps")));
            assertThat(image(pods).startsWith(image)).isTrue();
            assertThat(pods.problems().isEmpty()).isEqualTo(known);
        }
        assertThat(problems(version, dag(WITH_DEFAULT, NEEDED, SIZE.formatted("tasks"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3.7.15,false", "3.7.16,true", "4.0.7,true", "4.1.2,true"})
    void shouldTakeTheDefaultOfTheInput(String version, boolean known) {
        ArgoPods pods = Given.pods(version, steps(PLAIN, OPTIONAL, SIZE.formatted("steps")));
        assertThat(image(pods).equals("i:3")).isEqualTo(known);
        assertThat(pods.problems().isEmpty()).isEqualTo(known);
        assertThat(problems(version, dag(PLAIN, OPTIONAL, SIZE.formatted("tasks"))))
                .isEmpty();
    }

    private static String image(ArgoPods pods) {
        return pods.pods()
                .get(pods.pods().size() - 1)
                .spec()
                .at("/containers/1/image")
                .asText();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'at least {{steps.measure.outputs.parameters.size}}' | REFUSED unable to substitute {{steps.measure.outputs.parameters.size}}",
                "'{{=steps.measure.outputs.parameters.size}}' | REFUSED failed to evaluate expression {{=steps.measure.outputs.parameters.size}}",
                "'{{=steps.measure.outputs.parameters[''size'']}}' | REFUSED failed to evaluate expression {{=steps.measure.outputs.parameters['size']}}",
                "'{{=(steps.measure.outputs.parameters.size)}}' | REFUSED failed to evaluate expression {{=(steps.measure.outputs.parameters.size)}}",
                "'{{=steps.measure.outputs.parameters.size ?? ''none''}}' | ''",
                "'{{=string(steps.measure.outputs.result) ?? ''none''}}' | ''",
                "'{{=''steps.measure.outputs.result is absent''}}' | ''",
                "'{{=steps.measure.outputs.parameters.size == ''''}}' | ''",
                "'{{=steps.measure.outputs.result ?? ''none''}}' | ''",
                "'{{=steps.measure.exitCode ?? ''none''}}' | ''",
                "'{{=steps.measure.outputs?.result}}' | TOO_EARLY failed to resolve {{steps.measure.outputs?.result}}",
                "'{{=steps.measure.outputs?.result + ''x''}}' | TOO_EARLY failed to resolve {{steps.measure.outputs?.result + 'x'}}",
                "'{{=steps.measure.outputs?.result ?? ''none''}}' | ''",
                "'{{=steps.measure.outputs?.result == nil ? ''none'' : ''x''}}' | ''",
                "'{{=steps.measure.outputs.result + ''x'' // don''t}}' | TOO_EARLY failed to resolve {{steps.measure.outputs.result + 'x' // don't}}",
                "'{{steps.measure.outputs.result}}' | TOO_EARLY failed to resolve {{steps.measure.outputs.result}}"
            })
    void shouldKnowWhatIsAbsentInATextAndInAnExpression(String argument, @Nullable String problem) {
        assertThat(problems("4.0.7", steps(PLAIN, OPTIONAL, argument)))
                .containsExactlyElementsOf(problem.isEmpty() ? List.of() : List.of(problem));
    }

    @Test
    void shouldRefuseAGuardOfWhatHasNoOutputsAtAll() {
        String workflow = steps(PLAIN, OPTIONAL, "{{=steps.measure.outputs.result ?? 'none'}}")
                .replaceFirst(" *outputs: .*\n", "");
        assertThat(problems("4.0.6", workflow))
                .containsExactly("TOO_EARLY failed to resolve {{steps.measure.outputs.result ?? 'none'}}");
        assertThat(problems("4.0.7", workflow))
                .containsExactly(
                        "REFUSED cannot fetch result from <nil> in {{=steps.measure.outputs.result ?? 'none'}}");
    }

    @ParameterizedTest
    @CsvSource({"4.0.6,", "4.0.7,REFUSED inputs.parameters.amount"})
    void shouldRefuseAnArgumentOfATaskThatIsOmitted(String version, @Nullable String problem) {
        String omitted = dag(PLAIN, NEEDED, SIZE.formatted("tasks"))
                .replace("when: \"1 == 2\"}", "depends: first.Failed}\n      - {name: first, template: measure}")
                .replace("measure.Skipped || measure", "measure || measure.Omitted");
        assertThat(problems(version, omitted))
                .isEqualTo(Stream.ofNullable(problem).toList());
        String behindIt = omitted.replace("measure || measure.Omitted", "measure");
        assertThat(problems(version, behindIt)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4.0.6,", "4.0.7,REFUSED unable to substitute {{tasks.measure.outputs.parameters.size}}"})
    void shouldRefuseThePathInAnArtifactOfAnotherTask(String version, @Nullable String problem) {
        String workflow = dag(PLAIN, OPTIONAL, "1")
                        .replace(
                                "parameters: [{name: amount, value: \"1\"}]",
                                "artifacts: [{name: all, from: \"{{tasks.pack.outputs.artifacts.all}}\","
                                        + " subPath: \"{{tasks.measure.outputs.parameters.size}}\"}]")
                        .replace("depends: measure.Skipped", "depends: pack && measure.Skipped")
                        .replace("tasks:\n", "tasks:\n      - {name: pack, template: pack}\n")
                        .replace("inputs: {parameters", "inputs: {artifacts: [{name: all, path: /all}], parameters")
                + "  - name: pack\n    container: {image: i, command: [c]}\n"
                + "    outputs: {artifacts: [{name: all, path: /all, s3: {bucket: bucket, endpoint: e, key: k}}]}\n";
        assertThat(problems(version, workflow))
                .isEqualTo(Stream.ofNullable(problem).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "3.6.19,",
        "4.0.6,TOO_EARLY perhaps failed to resolve {{steps.second.outputs.parameters.size}}",
        "4.0.7,REFUSED perhaps unable to substitute {{steps.second.outputs.parameters.size}}",
        "4.1.2,REFUSED perhaps unable to substitute {{steps.second.outputs.parameters.size}}"
    })
    void shouldWarnOfAConditionOnWhatIsPerhapsSkipped(String version, @Nullable String problem) {
        String workflow = Given.workflow("""
                - name: main
                  steps:
                  - - {name: first, template: measure}
                  - - {name: second, template: measure, when: "{{steps.first.outputs.parameters.size}} > 5"}
                  - - {name: third, template: measure, when: "{{steps.second.outputs.parameters.size}} > 5"}
                """ + templates(PLAIN, OPTIONAL));
        assertThat(problems(version, workflow))
                .isEqualTo(Stream.ofNullable(problem).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "{path: /tmp/size},REFUSED unable to substitute {{steps.measure.outputs.parameters.size}}",
        "'{path: /tmp/size, default: \"[4,5]\"}',"
    })
    void shouldExpandTheDefaultOfAnOutput(String output, @Nullable String problem) {
        String workflow = steps(output, OPTIONAL, "{{item}}")
                .replace(
                        "template: report\n",
                        "template: report\n        withParam: \"" + SIZE.formatted("steps") + "\"\n");
        ArgoPods pods = Given.pods("4.0.7", workflow);
        assertThat(problems("4.0.7", workflow))
                .isEqualTo(Stream.ofNullable(problem).toList());
        assertThat(pods.pods().stream()
                        .map(pod -> pod.spec().at("/containers/1/image").asText())
                        .toList())
                .isEqualTo(problem == null ? List.of("i:4", "i:5") : List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "4.0.6,{path: /tmp/size},1",
        "4.0.7,{path: /tmp/size},1",
        "4.0.6,'{path: /tmp/size, default: \"7\"}',1",
        "4.0.7,'{path: /tmp/size, default: \"7\"}',0"
    })
    void shouldTakeTheDefaultInTheOutputsOfTheTemplate(String version, String output, int problems) {
        String workflow = steps(output, OPTIONAL, "1")
                .replace(
                        "  - name: measure\n    container",
                        "    outputs: {parameters: [{name: o, valueFrom: {parameter: \"" + SIZE.formatted("steps")
                                + "\"}}]}\n  - name: measure\n    container");
        assertThat(problems(version, workflow)).hasSize(problems);
    }

    @ParameterizedTest
    @CsvSource({
        "4.0.6,false,REFUSED Unable to resolve {{steps.measure.outputs.artifacts.all}}",
        "4.0.7,false,REFUSED inputs.artifacts.all missing location information",
        "4.0.6,true,REFUSED Unable to resolve {{steps.measure.outputs.artifacts.all}}",
        "4.0.7,true,"
    })
    void shouldGiveAnEmptyArtifactForThatOfASkippedStep(String version, boolean optional, @Nullable String problem) {
        String workflow = steps(PLAIN, OPTIONAL, "1")
                .replace(
                        "parameters: [{name: amount, value: \"1\"}]",
                        "artifacts: [{name: all, from: \"{{steps.measure.outputs.artifacts.all}}\"}]")
                .replace(
                        "inputs: {parameters",
                        "inputs: {artifacts: [{name: all, path: /all, optional: " + optional + "}], parameters")
                .replace(
                        "outputs: {",
                        "outputs: {artifacts: [{name: all, path: /all, s3: {bucket: bucket, endpoint: e, key: k}}], ");
        assertThat(problems(version, workflow))
                .isEqualTo(Stream.ofNullable(problem).toList());
    }

    private static final String CLAIM = "  volumes: [{name: v, persistentVolumeClaim: {claimName: \"%s\"}}]\n";

    @ParameterizedTest
    @CsvSource({
        "4.0.6,{path: /tmp/size},",
        "4.0.7,{path: /tmp/size},REFUSED unable to substitute {{%s.measure.outputs.parameters.size}}",
        "4.1.2,{path: /tmp/size},REFUSED unable to substitute {{%s.measure.outputs.parameters.size}}",
        "4.0.7,'{path: /tmp/size, default: \"7\"}',"
    })
    void shouldRefuseAVolumeThatNothingGivesAName(String version, String output, @Nullable String problem) {
        for (String kind : List.of("steps", "tasks")) {
            String workflow = kind.equals("steps") ? steps(output, NEEDED, "1") : dag(output, NEEDED, "1");
            assertThat(problems(version, workflow + CLAIM.formatted(SIZE.formatted(kind))))
                    .isEqualTo(Stream.ofNullable(problem)
                            .map(each -> each.formatted(kind))
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4.0.6,{name: amount},",
        "4.0.7,{name: amount},REFUSED inputs.parameters.amount",
        "4.0.7,'{name: amount, default: \"3\"}',"
    })
    void shouldRefuseAnArgumentOfAnExitHook(String version, String input, @Nullable String problem) {
        for (String kind : List.of("steps", "tasks")) {
            String hook = "hooks: {exit: {template: report, arguments: {parameters: [{name: amount, value: \"%s\"}]}}}"
                    .formatted(SIZE.formatted(kind));
            String workflow = (kind.equals("steps") ? steps(PLAIN, input, "1") : dag(PLAIN, input, "1"))
                    .replaceFirst("( +)template: report\n", "$0$1" + Matcher.quoteReplacement(hook) + "\n");
            assertThat(problems(version, workflow))
                    .isEqualTo(Stream.ofNullable(problem).toList());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3.7.17,true,TOO_EARLY perhaps failed to resolve {{steps.measure.outputs.parameters.size}}",
        "3.7.18,true,",
        "4.0.8,true,TOO_EARLY perhaps failed to resolve {{steps.measure.outputs.parameters.size}}",
        "4.0.8,false,",
        "4.0.9,true,",
        "4.1.0,true,"
    })
    void shouldWarnOfTheOutputsOfMemoizedSteps(String version, boolean cached, @Nullable String problem) {
        String workflow = Given.workflow("""
                - name: main
                  steps:
                  - - {name: measure, template: cached}
                  - - name: report
                      template: report
                      arguments: {parameters: [{name: amount, value: "%s"}]}
                - name: cached
                  memoize: {key: size, maxAge: 1h, cache: {configMap: {name: sizes}}}
                  steps: [[{name: measure, template: measure}]]
                  outputs: {parameters: [{name: size, valueFrom: {parameter: "%1$s"}}]}
                """.formatted(SIZE.formatted("steps")) + templates(PLAIN, NEEDED));
        String cache = """
                ---
                kind: ConfigMap
                metadata: {name: sizes, namespace: argo, labels: {workflows.argoproj.io/configmap-type: Cache}}
                data: {%s: '{}'}
                """.formatted(cached ? "size" : "other");
        assertThat(problems(version, workflow + cache))
                .isEqualTo(Stream.ofNullable(problem).toList());
    }
}
