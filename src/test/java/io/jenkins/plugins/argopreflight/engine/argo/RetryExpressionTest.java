package io.jenkins.plugins.argopreflight.engine.argo;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.testing.InRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables in the expression of a retryStrategy. */
@ExtendWith(InRun.class)
class RetryExpressionTest {

    private static ArgoPods pods(String expression) {
        return Given.pods("4.0.5", Given.workflow("""
                - name: main
                  retryStrategy: {limit: 2, expression: "%s"}
                  container: {image: i, command: [c]}
                """.formatted(expression)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asInt(lastRetry.exit_code) ^ 2 > 4",
                "true; lastRetry.exit_code != '1'",
                "let code = lastRetry.exit_code; code != '1'"
            })
    void shouldReportAMemberThatLastRetryDoesNotHave(String expression) {
        assertThat(pods(expression).problems())
                .extracting(Problem::text)
                .containsExactly(
                        expression + ": lastRetry has no exit_code, only exitCode, status, duration and message");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2 ^ asInt(workflow.limit) > 4", "true; workflow.name != '1'", "let a = workflow.name; a != '1'"
            })
    void shouldReportAVariableThatItDoesNotHave(String expression) {
        assertThat(pods(expression).problems())
                .extracting(Problem::text)
                .singleElement()
                .asString()
                .startsWith("unknown name workflow in " + expression);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asInt(lastRetry.exitCode) ^ 2 > 4",
                "true; lastRetry.exitCode != '1'",
                "let code = lastRetry.exitCode; let retry = asInt(retries); code != '1' && retry < 3"
            })
    void shouldAcceptWhatItHas(String expression) {
        assertThat(pods(expression).problems()).isEmpty();
    }

    @Test
    void shouldReportAnErrorInADeclaration() {
        assertThat(pods("let code lastRetry.exitCode; code != '1'").problems())
                .extracting(Problem::text)
                .singleElement()
                .asString()
                .startsWith("unexpected token lastRetry");
    }
}
