package io.jenkins.plugins.argopreflight.engine.argo.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.argo.expression.Expression.Later;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Expression.Value;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways to nest an expression: each ends at the limit of depth, long before the stack of a thread is full. */
@ExtendWith(InRun.class)
class NestingTest {

    private static final int LIMIT = 20;
    private static final RunLimits LIMITS = RunLimits.parse(List.of("depth=" + LIMIT));

    /** An expression of a depth, which counts what it adds to the two levels of a plain value. */
    enum Shape {
        PARENTHESES(depth -> "(".repeat(depth) + "1" + ")".repeat(depth), 2),
        LISTS(depth -> "[".repeat(depth) + "]".repeat(depth), 2),
        MAPS(depth -> "{a: ".repeat(depth) + "1" + "}".repeat(depth), 2),
        NOT(depth -> "!".repeat(depth) + "true", 1),
        MINUS(depth -> "-".repeat(depth) + "1", 1),
        CHOICES(depth -> "true ? 1 : ".repeat(depth) + "2", 1),
        POWERS(depth -> "1 ** ".repeat(depth) + "1", 1),
        CALLS(depth -> "string(".repeat(depth) + "1" + ")".repeat(depth), 2),
        INDEXES(depth -> "[0][".repeat(depth) + "0" + "]".repeat(depth), 2);

        private final IntFunction<String> text;
        private final int each;

        Shape(IntFunction<String> text, int each) {
            this.text = text;
            this.each = each;
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void shouldEndAtTheLimitOfDepth(Shape shape) {
        try (Budget.Scope run = Budget.open(LIMITS)) {
            String allowed = shape.text.apply((LIMIT - 2) / shape.each);
            String nested = shape.text.apply(LIMIT / shape.each + 1);

            assertThat(Expression.parse(allowed).evaluate(path -> Optional.empty()))
                    .as(allowed)
                    .isInstanceOf(Value.class);
            assertThat(Expression.parse(nested).evaluate(path -> Optional.empty()))
                    .as(nested)
                    .isInstanceOfSatisfying(
                            Later.class, later -> assertThat(later.reason()).contains("the limit depth=" + LIMIT));
        }
    }

    @Test
    void shouldBoundAConditionAndReportIt() {
        try (Budget.Scope run = Budget.open(LIMITS)) {
            assertThat(When.decide("(".repeat(5) + "1 == 1" + ")".repeat(5))).contains(true);
            assertThat(Budget.current().leftOut()).isEmpty();

            assertThat(When.decide("(".repeat(LIMIT) + "1 == 1" + ")".repeat(LIMIT)))
                    .isEmpty();
            assertThat(Budget.current().leftOut()).isNotEmpty();
        }
    }

    @Test
    void shouldBoundNamesThatHoldEachOther() {
        try (Budget.Scope run = Budget.open(LIMITS)) {
            assertThat(object("a.".repeat(LIMIT - 1) + "b")).isInstanceOf(Value.class);
            assertThat(object("a.".repeat(LIMIT) + "b")).isInstanceOf(Later.class);
        }
    }

    private static Expression.Result object(String name) {
        return Expression.parse("workflow").evaluate(new Variables() {
            @Override
            public Optional<String> get(String whole) {
                return Optional.empty();
            }

            @Override
            public Map<String, String> below(String above) {
                return Map.of(name, "value");
            }
        });
    }
}
