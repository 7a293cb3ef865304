package io.jenkins.plugins.argopreflight.engine.argo.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InRun.class)
class ExpressionTest {

    private static final Map<String, String> VARIABLES = Map.of(
            "inputs.parameters.n", "3",
            "inputs.parameters.a-b", "dash",
            "workflow.name", "wf",
            "inputs.parameters.json", "{\"list\": [1, {\"k\": \"v\"}]}",
            "steps.x.outputs.result", "\uE000steps.x.outputs.result\uE001");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "asInt(inputs.parameters.n) * 2 + 1 ; 7",
                "asFloat('1.5') * 2 ; 3",
                "inputs.parameters['a-b'] + '-' + workflow.name ; dash-wf",
                "sprig.upper(workflow.name) ; WF",
                "sprig.trimPrefix('w', workflow.name) ; f",
                "inputs.parameters.n == '3' ? 'three' : 'other' ; three",
                "asInt(inputs.parameters.n) > 2 && workflow.name != 'x' ; true",
                "jsonpath(inputs.parameters.json, '$.list[1].k') ; v",
                "toJson([1, 'a']) ; [1,\"a\"]",
                "workflow.name in ['a', 'wf'] ; true",
                "true || steps.x.outputs.result == 'a' ; true",
                "sprig.replace('w', 'g', workflow.name) ; gf",
                "replace(workflow.name, 'w', 'g') ; gf",
                "sprig.repeat(2, workflow.name) ; wfwf",
                "repeat(workflow.name, 2) ; wfwf",
                "10 % 4 ; 2",
                "10 // don't % 4 ; 10",
                "`10 % /* don't */ 4 // 1\n+ 1` ; 3",
                "'http://' + '/*' ; http:///*",
                "(1 + 2) * 3 ; 9",
                "sprig.empty(fromJSON('[]')) ; true",
                "sprig.empty(fromJSON('{}')) ; true",
                "sprig.empty(0) ; true",
                "sprig.empty(false) ; true",
                "sprig.empty('0') ; false",
                "sprig.empty([0]) ; false",
                "sprig.default('d', 0) ; d",
                "sprig.default('d', []) ; d",
                "sprig.default('d', true) ; true",
                "2 * 3 ** 2 ; 18",
                "2 ** 3 ** 2 ; 512",
                "-2 ** 2 ; -4",
                "2 ** -1 * 4 ; 2",
                "2 * 3 ^ 2 ; 18",
                "2 ^ 3 ** 2 ; 512",
                "-2 ^ 2 ; -4",
                "10 - 2 - 3 ; 5",
                "not true || true ; true",
                "!false == true ; true",
                "1 in [1.0] ; true",
                "2 in [1.0] ; false",
                "(inputs.parameters.missing ?? 'a') + 'b' ; ab",
                "workflow.name ?? 'none' ; wf",
                "inputs.parameters.missing ?? inputs.parameters.other ?? 'none' ; none",
                "inputs.parameters.missing ?? 'none' ; none"
            })
    void shouldCompute(String expression, String value) {
        assertThat(Expression.parse(expression).evaluate(KNOWN))
                .isInstanceOfSatisfying(
                        Expression.Value.class, is -> assertThat(is.text()).isEqualTo(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "steps.x.outputs.result + 'a' ; Later",
                "steps.x.outputs.result == 'a' || false ; Later",
                "steps.x.outputs.result == 'a' ? 1 : 2 ; Later",
                "inputs.parameters.missing ; Unresolved",
                "tasks.a.outputs.result ?? 'none' ; Unresolved",
                "true || tasks.a.outputs.result == 'a' ; Unresolved",
                "sprig.unknownFunction(workflow.name) ; Later",
                "asInt('x') ; Later",
                "workflow.name ?? 'a' + 'b' ; Later",
                "true || workflow.name not in ['a'] ; Later",
                "true || 'a' | trim() == 'a' ; Later",
                "1 + ; Later",
                "'unclosed ; Later",
                "asInt('1') + 'a' ; Later"
            })
    void shouldNotGuess(String expression, String result) {
        assertThat(Expression.parse(expression).evaluate(KNOWN).getClass().getSimpleName())
                .isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "heads == heads ; true",
                "heads == tails ; false",
                "heads != tails ; true",
                "3 > 5 ; false",
                "3 <= 3 ; true",
                "'a b' == 'a b' ; true",
                "true && false ; false",
                "true || false ; true",
                "!(1 == 1) ; false",
                "\"3\" == \"3\" ; true",
                "a in (a, b) ; true",
                "c in (a, b) ; false",
                "v1 =~ '^v' ; true",
                "v1 !~ '^v' ; false",
                "true == true ; true",
                "2 + 2 == 4 ; true",
                "10 - 2 - 3 == 5 && 2 ** 3 ** 2 == 64 ; true",
                "0x10 == 16 ; true",
                "false ? a : 1 == 1 ; true",
                "[a b] == 'a b' ; true",
                "b in (\uE000steps.x\uE001, b) ; true",
                "a in (\uE000steps.x\uE001, b) ; ",
                "a || true ; ",
                "5 ; ",
                "{{item}} == a ; ",
                "a == ; ",
                "foo-bar == foo-bar ; ",
                "false && \uE000steps.x\uE001 == a ; false",
                "\uE000steps.x\uE001 == a ; ",
                "1 == 1 && \uE000steps.x\uE001 == a ; "
            })
    void shouldDecideWhen(String when, String decision) {
        assertThat(When.decide(when)).isEqualTo(Optional.ofNullable(decision).map(Boolean::valueOf));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "foo-bar == foo-bar ; foo",
                "my-app - 1 == x ; my",
                "1-beta == 1-beta ; beta",
                "\uE000steps.my-step.outputs.result\uE001 == foo-bar ; foo",
                "'foo-bar' == \"foo-bar\" ; ",
                "[foo-bar] == x ; ",
                "2026-11-25 == 2026-11-25 ; ",
                "3 - 1 == 2 ; ",
                "{{item}} == foo-bar ; ",
                "false && foo-bar == x ; ",
                "\uE000steps.my-step.outputs.result\uE001 == x ; ",
            })
    void shouldReportAMinusSignThatWasMeantAsAHyphen(String when, String word) {
        Optional<String> refusal = When.refusal(when);
        assertThat(refusal.isPresent()).isEqualTo(word != null);
        refusal.ifPresent(
                said -> assertThat(said).contains("Value '" + word + "' cannot be used with the modifier '-'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "fromJSON('{\"id\": 18446744073709551615}').id ; ",
                "jsonpath('{\"id\": 18446744073709551615, \"a\": 1}', '$.a') ; ",
                "fromJSON('{\"id\": 1') ; not JSON: {\"id\": 1"
            })
    void shouldFailOnlyOnWhatIsNoJson(String expression, String failure) {
        assertThat(Expression.parse(expression).failure(KNOWN)).isEqualTo(Optional.ofNullable(failure));
    }

    private static final Variables KNOWN = new Variables() {
        @Override
        public Optional<String> get(String name) {
            return Optional.ofNullable(VARIABLES.get(name));
        }

        @Override
        public Map<String, String> below(String name) {
            Map<String, String> below = new HashMap<>();
            VARIABLES.forEach((each, value) -> {
                if (each.startsWith(name + ".")) {
                    below.put(each.substring(name.length() + 1), value);
                }
            });
            return below;
        }
    };

    /** The keys of an object are texts; what Argo does with others depends on its version. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'a' in workflow.parameters ; Value",
                "nil in workflow.parameters ; Later",
                "1 in workflow.parameters ; Later",
                "(workflow.parameters)[nil] ; Later",
                "(workflow.parameters)[1] ; Later"
            })
    void shouldLookUpOnlyTextsInAnObject(String expression, String result) {
        Variables variables = new Variables() {
            @Override
            public Optional<String> get(String name) {
                return Optional.empty();
            }

            @Override
            public Map<String, String> below(String name) {
                return name.equals("workflow.parameters") ? Map.of("a", "1") : Map.of();
            }
        };
        assertThat(Expression.parse(expression).evaluate(variables).getClass().getSimpleName())
                .isEqualTo(result);
    }
}
