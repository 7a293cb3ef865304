package io.jenkins.plugins.argopreflight.engine.argo.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.InRun;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(InRun.class)
class WhenValueTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "yes ; Expected boolean evaluation for 'yes'. Got yes",
                "True ; Expected boolean evaluation for 'True'. Got True",
                "'true' ; Expected boolean evaluation for ''true''. Got true",
                "[true] ; Expected boolean evaluation for '[true]'. Got true",
                "1 == 1 && 2 / a == 1 ; Failed to evaluate 'when' expression '1 == 1 && 2 / a == 1': Value 'a' cannot be used with"
                        + " the modifier '/', it is not a number",
                "1 == 1 && v1.B == 1 ; Failed to evaluate 'when' expression '1 == 1 && v1.B == 1': No parameter 'v1' found.",
                "'build-2' > 5 ; Failed to evaluate 'when' expression ''build-2' > 5': Value 'build-2' cannot be used with"
                        + " the comparator '>', it is not a number",
                "2.50 ; Expected boolean evaluation for '2.50'. Got 2.5",
                "abc > 5 ; Failed to evaluate 'when' expression 'abc > 5': Value 'abc' cannot be used with the"
                        + " comparator '>', it is not a number",
                "10 <= '9' ; Failed to evaluate 'when' expression '10 <= '9'': Value '10' cannot be used with the"
                        + " comparator '<=', it is not a number",
                "1 == 1 && yes ; Failed to evaluate 'when' expression '1 == 1 && yes': Value 'yes' cannot be used"
                        + " with the logical operator '&&', it is not a bool",
                "1 == 1 && 2 * a == 4 ; Failed to evaluate 'when' expression '1 == 1 && 2 * a == 4': Value 'a' cannot be"
                        + " used with the modifier '*', it is not a number",
                "!(1) ; Failed to evaluate 'when' expression '!(1)': Value '1' cannot be used with the prefix '!'",
                "!no ; Failed to evaluate 'when' expression '!no': Cannot transition token types from PREFIX [!] to"
                        + " STRING [no]",
                "'x' =~ '[' ; Failed to evaluate 'when' expression ''x' =~ '['': Unable to compile regexp pattern '[':"
                        + " error parsing regexp: missing closing ]: `[`",
            })
    void shouldSayWhatGovaluateSays(String when, String why) {
        assertThat(When.refusal(when)).contains(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true",
                "! true",
                "(true)",
                "yes == yes",
                "abc > 'ab'",
                "false && yes",
                "true || yes",
                "1 == 2 && abc > 5",
                "1 == 2 && 'x' =~ '['",
                "'x' =~ '(?<a>x)'",
                "\uE000steps.a.outputs.result\uE001 == a && abc > 5",
                "'2026-11-28' > 5",
                "'10:00AM' > 5",
                "\uE000steps.a.outputs.result\uE001 || yes",
                "\uE000steps.a.outputs.result\uE001 && 5",
                "yes == yes || 2 - a == 1",
                "true || a.B == 1",
                "\uE000a\uE001.\uE000a\uE001 == 1.1",
                "1\uE000a\uE001 > 5",
                "3.\uE000a\uE001 > 2",
                "0x10 > 5",
                "5 in (1, 2)",
                "a ? b : c",
                "\uE000steps.a.outputs.result\uE001",
                "\uE000steps.a.outputs.result\uE001 > 5",
                "{{item}}",
            })
    void shouldNotGuess(String when) {
        assertThat(When.refusal(when)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'2024-01-02' == '2024-01-02 00:00'",
                "'10:00AM' > '9:00AM'",
                "'2024-01-02' in ('2024-01-02 00:00', x)",
                "\uE000a\uE001.\uE000a\uE001 == 1.1",
            })
    void shouldLeaveUndecidedWhatIsNotKnown(String when) {
        assertThat(When.decide(when)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'build-2' == 'build-3' ; false",
                "'2024-01-02' == '2024-01-02' ; true",
                "true || 2 - a == 1 ; true",
            })
    void shouldDecide(String when, boolean runs) {
        assertThat(When.decide(when)).contains(runs);
    }
}
