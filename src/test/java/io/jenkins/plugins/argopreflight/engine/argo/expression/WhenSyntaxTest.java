package io.jenkins.plugins.argopreflight.engine.argo.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.InRun;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InRun.class)
class WhenSyntaxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true",
                "a == b",
                "{{steps.flip.outputs.result}} == heads",
                "'{{item}}' != 'a b'",
                "(a == b || 1 > 2) && !false",
                "a in ('b', 'c')",
                "1 + 2 * -3 >= 0x1F",
                "a =~ '^x.*$'",
                "true || a =~ '({{b}}'",
                "true || a =~ ('(' + ')')",
                "a == '=~' || b == '('",
                "a == b ? true : false",
                "\"v1.2.3\" == 'v1.2.3'",
                "[some name] == x",
                "{{a}} - {{b}} > 0",
                "'my-env' == {{a}}",
                "(a == b) && 3 - 1 == 2",
                "a + b == ab",
                "yes == yes || 2 - a == 1",
                "'2024-01-02' - 86400 > 0",
                "{{a.result}}.{{a.result}} == 1.1",
                "{{x}}.5 > 3",
                "1{{x}} > 5",
                "3.{{x}} > 2",
            })
    void shouldReadWhatGovaluateReads(String when) {
        assertThat(WhenSyntax.problem(when)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a ==                | Unexpected end of expression",
                "== a                | Cannot transition token types from  [] to COMPARATOR [==]",
                "a b == c            | Cannot transition token types from VARIABLE [a] to VARIABLE [b]",
                "a = b               | Invalid token: '='",
                "(a == b             | Unbalanced parenthesis",
                "a == 'b             | Unclosed string literal",
                "v1.2.3 == v1.2.3    | No parameter 'v1' found.",
                "1.2.3 == x          | Unable to parse numeric value '1.2.3' to float64",
                "a == registry.io    | Unable to access unexported field 'io' in token 'registry.io'",
                "a === b             | Invalid token: '==='",
                "x == my-env         | Value 'my' cannot be used with the modifier '-', it is not a number",
                "3 - b == c          | Value 'b' cannot be used with the modifier '-', it is not a number",
                "!true * 2           | Value 'true' cannot be used with the modifier '*', it is not a number",
                "_a == b             | Invalid token: '_'",
                "a {{b}} == c        | Cannot transition token types from VARIABLE [a] to VARIABLE [{{…}}]",
            })
    void shouldSayWhatIsWrong(String when, String why) {
        assertThat(WhenSyntax.problem(when)).contains(why);
    }

    /** It is compiled with the condition, whether its part is evaluated or not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "a =~ '('             ; missing closing ): `(`",
                "a == a || a =~ '('   ; missing closing ): `(`",
                "{{a}} && b !~ '['    ; missing closing ]: `[`",
                "c ? a =~ '*' : true  ; missing argument to repetition operator: `*`",
                "true || a =~ [x(]    ; missing closing ): `x(`",
            })
    void shouldReadPatterns(String when, String why) {
        assertThat(WhenSyntax.problem(when)).contains("error parsing regexp: " + why);
    }
}
