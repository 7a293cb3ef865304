package io.jenkins.plugins.argopreflight.engine.argo.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InRun.class)
class VariableUseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "steps.a.outputs.parameters['b-c'] ; steps.a.outputs.parameters.b-c WHOLE",
                "(steps.a.exitCode) ; steps.a.exitCode WHOLE",
                "steps.a.exitCode == 'steps.b.exitCode' ; steps.a.exitCode OTHER",
                "steps.a-b.exitCode ; steps.a OPERAND, b.exitCode OPERAND",
                "steps.a.result ?? steps.b.result ?? 'c' ; steps.a.result GUARDED, steps.b.result GUARDED",
                "'c' ?? steps.a.result ; steps.a.result OTHER",
                "asInt(steps.a.result) ?? 1 ; asInt OTHER, steps.a.result GUARDED",
                "f(steps.a.result, steps.b.result) ?? 1 ; f OTHER, steps.a.result OTHER, steps.b.result GUARDED",
                "('a' + steps.a.result) ?? 'b' ; steps.a.result GUARDED",
                "(steps.a.result + 'a') ?? 'b' ; steps.a.result OPERAND",
                "[steps.a.result] ?? 'b' ; steps.a.result OTHER",
                "steps.a.result[0] ?? 'b' ; steps.a.result OTHER",
                "f(x).y ?? 'b' ; f OTHER, x OTHER",
                "a?.b ; a.b WHOLE optional",
                "map(a.b, # + c.d) ; map OTHER, a.b OTHER, c.d OPERAND",
                "a?.b + 'c' ; a.b OPERAND optional",
                "`'c' + a?.b; 1` ; a.b OPERAND optional",
                "(a?.b + 'c') ?? 'd' ; a.b OPERAND optional",
                "a?.b == nil ; a.b OTHER optional, nil OTHER",
                "a?.b && c ; a.b OTHER optional, c OTHER",
                "a.b + 'x' // don't c.d ; a.b OPERAND",
                "`a.b /* don't\nc.d */ + e.f` ; a.b OPERAND, e.f OPERAND",
                "'http://a' + b ; b OPERAND",
                "a\u00a0?? 'b' ; a GUARDED",
                "a.b + @ + c.d ; a.b OPERAND, c.d OPERAND",
                "a.b & c.d ; a.b OTHER, c.d OTHER",
                "a.b == 'c.d ; a.b OTHER",
                "a.b /* c.d ; a.b OTHER"
            })
    void shouldFindTheUses(String expression, String uses) {
        assertThat(Expression.parse(expression).uses().stream()
                        .map(use -> use.name() + " " + use.position() + (use.isOptional() ? " optional" : ""))
                        .collect(Collectors.joining(", ")))
                .isEqualTo(uses);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "steps.a.status == 'x' && steps.b.status == 'y' ; steps.a.status",
                "(steps.a.status == 'x') || true ; steps.a.status",
                "steps.a.status == 'x' ? 1 : 2 ; steps.a.status",
                "'x' == steps.a.status ; ",
                "!steps.a.status ; ",
                "f(steps.a.status) ; f",
                "`steps.a.status == 'x'; true` ; steps.a.status",
                "`let a = steps.a.status; a == 'x'` ; steps.a.status",
                "(steps.a.status).x ; steps.a.status",
                "(steps.a.status == 'x' ? b : c).y ; steps.a.status",
                "(1 > 2 ? steps.a.status : 'x').y ; ",
                "(true && steps.a.status).y ; true",
                "[1, steps.a.status][0] ; ",
                "steps.a.status == 'x' // don't ; steps.a.status",
                "steps.a.status == 'x' & b ; steps.a.status"
            })
    void shouldFindTheVariableThatIsEvaluatedFirst(String expression, @Nullable String name) {
        assertThat(Expression.parse(expression).first().map(VariableUse::name).orElse(null))
                .isEqualTo(name);
    }

    /** Syntax that is not evaluated here contains variables as well. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lastRetry.code ^ 2 > 4",
                "2 ^ lastRetry.code > 4",
                "true; lastRetry.code == '1'",
                "lastRetry.code == '1';",
                "(true; lastRetry.code) == '1'",
                "let code = lastRetry.code; code == '1'",
                "let code = '1'; code == lastRetry['code']",
                "if true {1; lastRetry.code} else {2}",
                "if true {1} else {2; lastRetry.code}",
                "lastRetry?.code == nil"
            })
    void shouldFindTheMembersOfAVariable(String expression) {
        assertThat(Expression.parse(expression).members("lastRetry")).isEqualTo(List.of("code"));
    }
}
