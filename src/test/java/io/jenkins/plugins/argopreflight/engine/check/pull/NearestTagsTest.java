package io.jenkins.plugins.argopreflight.engine.check.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.facts.pull.ImageHolder;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretList;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The similar tags of an image that does not exist: a registry can return a thousand. */
class NearestTagsTest {

    @Test
    void shouldChargeEachComparison() {
        List<String> tags =
                IntStream.range(0, 1000).mapToObj(i -> "release-2026-" + i).toList();
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT)) {
            assertThat(ImageNotFound.nearest(missing("release-2026-x", tags)))
                    .containsExactly("release-2026-0", "release-2026-1", "release-2026-2");
            assertThat(Budget.current().used(Limit.WORK_UNITS)).isBetween(3_000L, 10_000L);
        }
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT.with(Limit.WORK_UNITS, 100))) {
            assertThatThrownBy(() -> ImageNotFound.nearest(missing("release-2026-x", tags)))
                    .isInstanceOf(OverBudget.class)
                    .hasMessageContaining("work=100");
        }
    }

    private static PullCause missing(String tag, List<String> tags) {
        Pull pull = new Pull(
                PullQuestion.kubelet(
                        "ci", "registry.example.com/team/image:" + tag, PullSecretList.withoutAccount(List.of(), "")),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Verdict.NOT_FOUND,
                "",
                Optional.empty(),
                Fact.unknown("not found"),
                Fact.known(tags),
                Fact.unknown("not read"));
        return PullCause.of(
                PullCause.Kind.NOT_FOUND,
                new PodPull(null, null, new ImageHolder(ImageHolder.Kind.CONTAINER, "main"), pull));
    }
}
