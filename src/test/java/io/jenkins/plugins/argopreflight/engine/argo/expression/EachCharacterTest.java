package io.jenkins.plugins.argopreflight.engine.argo.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.argopreflight.testing.InRun;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A character that no token takes would be read without an end. */
@ExtendWith(InRun.class)
class EachCharacterTest {

    @Test
    void shouldEndWithEachCharacterAnywhere() {
        int[] read = new int[1];
        assertTimeoutPreemptively(Duration.ofSeconds(60), InRun.own(() -> {
            for (char c = 1; c < 0x250; c++) {
                for (String text :
                        new String[] {"" + c, "a" + c, c + "a", "a == " + c + c + "1", "'a" + c + "' == b"}) {
                    Expression.parse(text).evaluate(name -> Optional.empty());
                    When.decide(text);
                    When.refusal(text);
                    WhenSyntax.problem(text);
                    Expression.parse(text).unknownName(Set.of("a"));
                    Expression.parse(text).syntaxError();
                    DependsExpression.parse(text).syntaxError();
                    read[0]++;
                }
            }
        })::run);
        assertThat(read[0]).isGreaterThan(2000);
    }

    @Test
    void shouldReadADollarAsTheBeginningOfAName() {
        assertThat(Expression.parse("$env == 1").evaluate(name -> Optional.empty()))
                .isNotNull();
        assertThat(Expression.parse("$env").unknownName(Set.of())).isEmpty();
    }
}
