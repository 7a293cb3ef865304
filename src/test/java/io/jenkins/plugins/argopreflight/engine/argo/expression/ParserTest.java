package io.jenkins.plugins.argopreflight.engine.argo.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The comparison with the answers of expr-lang v1.17.7. */
@ExtendWith(InRun.class)
class ParserTest {

    /** A line of the file: the answer of expr, and the expression. */
    record Answer(String error, String expression) {}

    static List<Answer> answers() throws IOException {
        try (var in = ParserTest.class.getResourceAsStream("/expression/syntax.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("# "))
                    .map(line -> line.split("\t"))
                    .map(parts -> new Answer(parts[0].replaceFirst("(token )\\w+\\(\"(.+)\"\\)", "$1$2"), parts[1]))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void shouldReportTheTokenThatExprReports(Answer answer) {
        String error = Expression.parse(answer.expression())
                .syntaxError()
                .orElse("OK")
                .replaceFirst(" \\(.*\\)", "")
                .replace("\"", "");

        assertThat(error).isEqualTo(answer.error());
    }

    @Test
    void shouldHaveAnswersOfBothKinds() throws IOException {
        assertThat(answers()).filteredOn(answer -> answer.error().equals("OK")).hasSizeGreaterThan(25);
        assertThat(answers()).filteredOn(answer -> !answer.error().equals("OK")).hasSizeGreaterThan(25);
    }

    /** The names behind an error are read too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "workflow.name == (workflow. foo ; ",
                "workflow.name = foo ; foo",
                "workflow.name) || [bar ; bar",
                "map(workflow, #acc + {x: .y}[z]) ; z",
                "sprig.trimm(workflow.name) ; sprig.trimm",
                "steps.run-tests.status ; tests",
                "steps.a-1b.status ; 1b.status",
                "workflow ^ foo ; foo",
                "`workflow; foo` ; foo",
                "`let x = workflow; x + y` ; y",
                "`let x = workflow; x` ; "
            })
    void shouldFindTheFirstUnknownName(String expression, String name) {
        assertThat(Expression.parse(expression).unknownName(Set.of("workflow", "steps")))
                .isEqualTo(Optional.ofNullable(name));
    }
}
