package io.jenkins.plugins.argopreflight.engine.argo.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.expression.Expression.Mismatch;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The comparison with the answers of expr-lang v1.17.7, with Argo's functions and with strings for parameters and
 * outputs.
 */
@ExtendWith(InRun.class)
class TypeCheckerTest {

    /** A line of the file: what expr answers, and the expression. */
    private record Answer(boolean fails, String expression) {

        private static Answer of(String line) {
            String[] parts = line.split("\t");
            return new Answer(!parts[0].equals("OK"), parts[1]);
        }

        private boolean isReported() {
            return Expression.parse(expression)
                    .mismatch(Expression.Items.SCALARS)
                    .filter(Mismatch::always)
                    .isPresent();
        }
    }

    private static List<Answer> answers() throws IOException {
        try (var in = TypeCheckerTest.class.getResourceAsStream("/expression/types.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .map(Answer::of)
                    .toList();
        }
    }

    @Test
    void shouldReportNothingThatExprEvaluates() throws IOException {
        assertThat(answers()).filteredOn(answer -> !answer.fails()).hasSizeGreaterThan(50);
        assertThat(answers())
                .filteredOn(answer -> !answer.fails() && answer.isReported())
                .isEmpty();
    }

    @Test
    void shouldReportWhatFailsInExpr() throws IOException {
        assertThat(answers())
                .filteredOn(answer -> answer.fails() && !answer.isReported())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "inputs.parameters.x + 1     | invalid operation: string + int; every parameter and output is a"
                        + " string: write asInt(inputs.parameters.x)",
                "2 < lastRetry.exitCode      | invalid operation: int < string; every parameter and output is a"
                        + " string: write asInt(lastRetry.exitCode)",
                "'n' + len('a')              | invalid operation: string + int",
                "!inputs.parameters['do-it'] | interface conversion: interface {} is string, not bool; every parameter"
                        + " and output is a string: write inputs.parameters['do-it'] == 'true'",
                "'a' in inputs.parameters.l  | operator \"in\" not defined on string; every parameter and output is a"
                        + " string: write fromJSON(inputs.parameters.l)",
                "steps.a.outputs.result.id   | cannot fetch id from string; it is a string: write"
                        + " fromJSON(steps.a.outputs.result).id"
            })
    void shouldSayWhatToWrite(String expression, String words) {
        assertThat(Expression.parse(expression)
                        .mismatch(Expression.Items.SCALARS)
                        .map(Mismatch::words))
                .contains(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lastRetry.exitCode == 75",
                "true != inputs.parameters['do-it']",
                "asInt(retries) == '2'",
                "retries == '2'",
                "asInt(retries) == 2",
                "asFloat(retries) != 2",
                "fromJSON(inputs.parameters.x) == 2",
                "inputs.parameters.x == inputs.parameters.y",
                "inputs.parameters.x == nil"
            })
    void shouldAcceptComparisonsOfValuesWhoseTypesAreKnownAtRunTime(String expression) {
        assertThat(Expression.parse(expression).mismatch(Expression.Items.SCALARS))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workflow.status == 'Failed' && inputs.parameters.x > 2",
                "inputs.parameters.y ?? (inputs.parameters.x - 2)",
                "workflow.status == 'Failed' ? inputs.parameters.x * 2 : 0"
            })
    void shouldReportWhatFailsOnABranchAsSuch(String expression) {
        assertThat(Expression.parse(expression)
                        .mismatch(Expression.Items.SCALARS)
                        .map(Mismatch::always))
                .contains(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "item + 1",
                "let x = 'a'; x + 1",
                "if true { 'a' } else { 1 }",
                "filter([1], {# + 'a' == 2})",
                "inputs.parameters.x + 1 /* a comment without an end",
                "\uE000inputs.parameters.op\uE001 + 1",
                "'a' + 1 +",
                "'a' + 1 not in ['b']",
                "'a' | trim()"
            })
    void shouldReportNothingOfWhatItCannotRead(String expression) {
        assertThat(Expression.parse(expression).mismatch(Expression.Items.ANY)).isEqualTo(Optional.empty());
    }
}
