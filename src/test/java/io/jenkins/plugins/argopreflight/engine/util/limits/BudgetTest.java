package io.jenkins.plugins.argopreflight.engine.util.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final RunLimits SMALL = RunLimits.parse(List.of("work=100", "images=2", "depth = 3"));

    @Test
    void shouldFailWhenALimitIsReached() {
        try (Budget.Scope run = Budget.open(SMALL)) {
            Budget.current().charge(Limit.WORK_UNITS, 100);
            assertThatThrownBy(() -> Budget.current().charge(Limit.WORK_UNITS, 1))
                    .isInstanceOf(OverBudget.class)
                    .hasMessageContaining("the limit work=100 of this run is reached")
                    .hasMessageContaining("an administrator can raise it");
        }
    }

    @Test
    void shouldAdmitTheFirstDistinctNames() {
        try (Budget.Scope run = Budget.open(SMALL)) {
            assertThat(List.of("a", "b", "a", "c", "b").stream()
                            .filter(name -> Budget.current().admits(Limit.IMAGES, name)))
                    .containsExactly("a", "b", "a", "b");
        }
    }

    @Test
    void shouldChargeOneBudgetFromAllThreadsOfARun() {
        try (Budget.Scope run = Budget.open(SMALL)) {
            assertThatThrownBy(() -> Parallel.forEach(
                            IntStream.range(0, 101).boxed().toList(),
                            4,
                            i -> Budget.current().charge(Limit.WORK_UNITS, 1)))
                    .isInstanceOf(OverBudget.class);
        }
    }

    @Test
    void shouldNotShareABudgetBetweenRuns() {
        try (Budget.Scope run = Budget.open(SMALL)) {
            Budget.current().charge(Limit.WORK_UNITS, 100);
        }
        try (Budget.Scope run = Budget.open(SMALL)) {
            Budget.current().charge(Limit.WORK_UNITS, 100);
        }
    }

    @Test
    void shouldRefuseWorkOutsideOfARun() {
        try (Budget.Scope run = Budget.open(SMALL)) {
            Budget.current().charge(Limit.WORK_UNITS, 1);
        }
        assertThatThrownBy(Budget::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this thread works for no run");
    }

    @Test
    void shouldGiveTheBudgetOfTheRunToEachThreadOfIt() {
        try (Budget.Scope run = Budget.open(SMALL)) {
            Budget budget = Budget.current();
            CyclicBarrier together = new CyclicBarrier(4);
            Map<Thread, Budget> seen = new ConcurrentHashMap<>();
            Parallel.forEach(List.of(1, 2, 3, 4), 4, each -> {
                seen.put(Thread.currentThread(), Budget.current());
                try {
                    together.await(10, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(seen)
                    .hasSize(4)
                    .allSatisfy((thread, each) -> assertThat(each).isSameAs(budget));
        }
    }

    @Test
    void shouldHaveAgainWhatIsGivenBack() {
        try (Budget.Scope run = Budget.open(SMALL)) {
            Budget.current().charge(Limit.WORK_UNITS, 100);
            Budget.current().giveBack(Limit.WORK_UNITS, 30);
            Budget.current().charge(Limit.WORK_UNITS, 30);
            assertThatThrownBy(() -> Budget.current().charge(Limit.WORK_UNITS, 1))
                    .isInstanceOf(OverBudget.class);
        }
    }

    @Test
    void shouldAddUpTheTextsOfARun() {
        try (Budget.Scope run = Budget.open(RunLimits.parse(List.of("text=100")))) {
            Budget.current().chargeText(60);
            assertThatThrownBy(() -> Budget.current().chargeText(60))
                    .isInstanceOfSatisfying(
                            OverBudget.class, e -> assertThat(e.limit()).isEqualTo(Limit.TEXT_CHARACTERS));
        }
    }

    @Test
    void shouldEndTheWorkOfAnAbortedRun() {
        try (Budget.Scope run = Budget.open(SMALL)) {
            Budget.current().abort();
            assertThatThrownBy(() -> Budget.current().chargeRead(1)).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void shouldEndTheWorkOfAnInterruptedThread() {
        try (Budget.Scope run = Budget.open(SMALL)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> Budget.current().chargeText(1)).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void shouldRecordWhatIsLeftOutOnce() {
        try (Budget.Scope run = Budget.open(SMALL)) {
            Budget budget = Budget.current();
            budget.leftOut("images", budget.over(Limit.IMAGES));
            budget.leftOut("images", budget.over(Limit.IMAGES));
            assertThat(budget.leftOut()).extracting(LeftOut::what).containsExactly("images");
        }
    }

    @Test
    void shouldRefuseALimitThatIsNone() {
        assertThatThrownBy(() -> RunLimits.parse(List.of("image=3")))
                .hasMessage("limit image=3: there is no limit of that name; the limits are bytes, nodes, depth, text,"
                        + " value, regex, work, pods, images, hosts, findings");
        for (String wrong : List.of("images", "images=", "images=0", "images=-1", "images=many", "images=1e9")) {
            assertThatThrownBy(() -> RunLimits.parse(List.of(wrong))).hasMessageContaining("write NAME=VALUE");
        }
    }

    @Test
    void shouldTakeTheDefaultForWhatIsNotSet() {
        assertThat(SMALL.of(Limit.DEPTH_LEVELS)).isEqualTo(3);
        assertThat(SMALL.of(Limit.HOSTS)).isEqualTo(50);
    }

    @Test
    void shouldAllowLessMemoryInASmallHeap() {
        assertThat(Limit.PODS.ofStep(256L << 20)).isEqualTo(2048);
        assertThat(Limit.PODS.ofCommand(256L << 20)).isEqualTo(21_845);
        assertThat(Limit.PODS.ofStep(64L << 30)).isEqualTo(25_000);
        assertThat(Limit.IMAGES.ofStep(256L << 20)).isEqualTo(500);
    }
}
