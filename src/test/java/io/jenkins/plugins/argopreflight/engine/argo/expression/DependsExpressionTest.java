package io.jenkins.plugins.argopreflight.engine.argo.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The comparison with the answers of Argo 4.0.5. */
@ExtendWith(InRun.class)
class DependsExpressionTest {

    private static final List<String> ENDS = List.of("Succeeded", "Failed", "Errored", "Skipped", "Omitted");

    /** A line of the file: the decisions or the error of Argo, and the text. */
    record Answer(String answer, String depends) {
        boolean isError() {
            return !answer.matches("[01]+");
        }
    }

    static List<Answer> answers() throws IOException {
        try (var in = DependsExpressionTest.class.getResourceAsStream("/expression/depends.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .map(line -> line.split("\t"))
                    .map(parts -> new Answer(parts[0], parts[1]))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void shouldDecideAsArgo(Answer answer) {
        DependsExpression expression = DependsExpression.parse(answer.depends());
        List<String> names = List.copyOf(new TreeSet<>(expression.names()));
        StringBuilder decisions = new StringBuilder();
        for (int i = 0; i < (answer.isError() ? 25 : answer.answer().length()); i++) {
            int combination = i;
            decisions.append(expression
                    .decide((task, result) -> {
                        int position = (int) Math.pow(ENDS.size(), names.indexOf(task));
                        return Optional.of(has(ENDS.get(combination / position % ENDS.size()), result));
                    })
                    .map(runs -> runs ? "1" : "0")
                    .orElse("?"));
        }

        assertThat(decisions.toString()).isEqualTo(answer.isError() ? "?".repeat(25) : answer.answer());
        if (!answer.isError()) {
            assertThat(expression.syntaxError()).isEmpty();
        }
    }

    private static boolean has(String end, String result) {
        return switch (result) {
            case "" -> end.equals("Succeeded") || end.equals("Skipped");
            case "AnySucceeded", "Daemoned" -> end.equals("Succeeded");
            case "AllFailed" -> end.equals("Failed");
            default -> end.equals(result);
        };
    }

    @Test
    void shouldHaveAnswersOfBothKinds() throws IOException {
        assertThat(answers()).filteredOn(Answer::isError).hasSizeGreaterThan(25);
        assertThat(answers()).filteredOn(answer -> !answer.isError()).hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "a & b ; unexpected token &",
                "a | b ; unexpected token |",
                "a b.Failed ; unexpected token b.Failed",
                "a - b ; unexpected token -",
                "a.Failed.Omitted ; unexpected token .",
                "(a ; unexpected token EOF (it ends too early)",
                "a ? b ; unexpected token EOF (it ends too early)",
                "` ` ; unexpected token EOF (it ends too early)",
                "`` ; ",
                "a == 'b' ; ",
                "a && {{inputs.parameters.other}} ; ",
                "a \uE000steps.b\uE001 ; ",
                "a.succeeded ; "
            })
    void shouldReportAnErrorThatIsCertain(String depends, @Nullable String error) {
        assertThat(DependsExpression.parse(depends).syntaxError()).isEqualTo(Optional.ofNullable(error));
    }

    /** The tasks of a text are known although Argo refuses it: other errors refer to them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "b && a.Failed || b.Omitted ; b,a ; a ; Failed,Omitted",
                "c-1 d @ (e.Failed ; c-1,d,e ; e ; Failed",
                "a.failed || b.Skiped ; a,failed,b ; `` ; failed,Skiped",
                "a.b.Failed ; a,b ; b ; Failed",
                "a == 'c' ? b : [d] ; a,c,b,d ; `` ; ``",
                "a && {{inputs.parameters.b}} ; a,inputs,parameters,b ; `` ; parameters"
            })
    void shouldFindTheTasksAndTheirResults(String depends, String names, String failed, String results) {
        DependsExpression expression = DependsExpression.parse(depends);

        assertThat(String.join(",", expression.names())).isEqualTo(names);
        assertThat(String.join(",", expression.names(Set.of("Failed")))).isEqualTo(failed);
        assertThat(String.join(",", expression.results())).isEqualTo(results);
    }

    @Test
    void shouldFindTheTasksBelowMoreBracketsThanAreRead() {
        DependsExpression deep = DependsExpression.parse("(".repeat(2000) + "a && b.Failed" + ")".repeat(2000));

        assertThat(deep.names()).containsExactly("a", "b");
        assertThat(deep.decide((task, result) -> Optional.of(true))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a || b.Succeeded ; true",
                "b.Succeeded && a ; ",
                "a.Failed && b ; false",
                "!a ; ",
                "a == b ; ",
                "b ? a : b ; "
            })
    void shouldLeaveATaskOpenThatPerhapsRuns(String depends, @Nullable Boolean decision) {
        assertThat(DependsExpression.parse(depends)
                        .decide((task, result) -> task.equals("b")
                                ? Optional.of(true)
                                : result.isEmpty() ? Optional.empty() : Optional.of(false)))
                .isEqualTo(Optional.ofNullable(decision));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "`` ; false",
                "a && (b.Succeeded && c.Skipped) ; false",
                "a || b ; true",
                "a && !b ; true",
                "a && b.Omitted ; true",
                "a ? b : c ; true",
                "a == false ; true",
                "`a && a;a` ; false",
                "a && b.failed ; false",
                "a < 'x' ; false",
                "(a ; false",
                "a && é ; false"
            })
    void shouldKnowWhetherATaskCanRunAfterAFailure(String depends, boolean canTolerate) {
        assertThat(DependsExpression.parse(depends).canTolerateFailure()).isEqualTo(canTolerate);
    }

    @Test
    void shouldNotTolerateAFailureBecauseTheTextIsTooDeep() {
        assertThat(DependsExpression.parse("(".repeat(200) + "a" + ")".repeat(200))
                        .canTolerateFailure())
                .isFalse();
    }
}
