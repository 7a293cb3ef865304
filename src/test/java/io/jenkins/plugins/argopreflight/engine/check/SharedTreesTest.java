package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ReachableTrees;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads share only what none of them can change. {@code -Dargopreflight.stress=100} for a long run. */
@ExtendWith(InRun.class)
class SharedTreesTest {

    private static final String FIXTURES = "io.jenkins.plugins.argopreflight.engine.check.CheckContractTest#fixtures";
    private static final int ROUNDS = Integer.getInteger("argopreflight.stress", 1);
    private static final int THREADS = 4 * Runtime.getRuntime().availableProcessors();

    /**
     * Checks run at the same time. So the objects that they read, and the objects that they create for each other, are
     * frozen.
     */
    @ParameterizedTest
    @MethodSource(FIXTURES)
    void shouldBeFrozen(CheckFixture fixture) throws IOException {
        Facts facts = fixture.facts();
        new CheckRunner(Checks.all()).run(facts);
        ReachableTrees trees = ReachableTrees.from(facts);
        assertThat(trees.changeable()).as(fixture.toString()).isEmpty();
        assertThat(trees.count()).isPositive();
    }

    /** More threads than processors, and each gives way to others at any request. */
    @ParameterizedTest
    @MethodSource(FIXTURES + "OfClusters")
    void shouldLeadToTheSameFindingsInAnyOrder(CheckFixture fixture) throws IOException {
        List<CheckResult> expected = new CheckRunner(Checks.all()).run(fixture.facts());
        for (int round = 0; round < ROUNDS; round++) {
            Facts facts = fixture.factsFromSeveralThreads(THREADS, round);
            Map<String, CheckResult> results = new ConcurrentHashMap<>();
            Parallel.forEach(
                    Checks.all(),
                    THREADS,
                    check -> results.put(
                            check.info().id(),
                            new CheckRunner(List.of(check)).run(facts).get(0)));
            assertThat(expected)
                    .as(fixture + ", round " + round)
                    .allSatisfy(result ->
                            assertThat(results.get(result.info().id())).isEqualTo(result));
        }
    }
}
