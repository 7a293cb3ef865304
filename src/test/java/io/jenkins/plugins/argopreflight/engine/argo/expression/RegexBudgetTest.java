package io.jenkins.plugins.argopreflight.engine.argo.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A match cannot be interrupted, so each is charged before it begins. */
class RegexBudgetTest {

    private static final String LONG = "a".repeat(100_000);

    @Test
    void shouldChargeEachMatchByTheLengthOfTheText() {
        try (Budget.Scope run = Budget.open(RunLimits.parse(List.of("work=10000")))) {
            Regex regex = new Regex("a+b");

            assertThat(regex.matches("aab")).isTrue();
            assertThatThrownBy(() -> regex.matches(LONG)).isInstanceOf(OverBudget.class);
        }
    }

    @Test
    void shouldNotBeginAMatchThatIsLongerThanTheLimit() {
        try (Budget.Scope run = Budget.open(RunLimits.parse(List.of("regex=100000")))) {
            Regex regex = new Regex("a+b");

            assertThat(regex.matches("aab")).isTrue();
            assertThatThrownBy(() -> regex.find(LONG)).isInstanceOf(OverBudget.class);
        }
    }
}
