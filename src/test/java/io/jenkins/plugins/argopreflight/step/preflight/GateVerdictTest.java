package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.preflight.GateOptions;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InRun.class)
class GateVerdictTest {

    /** A report with a FAIL, a WARN, an UNKNOWN, and a note. */
    private static final Report FULL = Preflights.full();

    private static GateVerdict judge(Report report, Gate failOn, Gate unstableOn, Set<String> only) {
        GateOptions options =
                new GateOptions(Optional.of(failOn), Optional.ofNullable(unstableOn), only != null, List.of());
        return GateVerdict.of(report, options, Optional.ofNullable(only));
    }

    @ParameterizedTest
    @CsvSource({
        "FAIL,    FAILED,   1",
        "WARN,    FAILED,   2",
        "UNKNOWN, FAILED,   3",
        "NEVER,   PASSED,   0",
    })
    void shouldFailFromAnOutcomeOn(Gate failOn, Verdict verdict, int counted) {
        GateVerdict judged = judge(FULL, failOn, null, null);
        assertThat(judged.verdict()).isEqualTo(verdict);
        assertThat(judged.counted()).hasSize(counted);
        assertThat(judged.why().isEmpty()).isEqualTo(verdict == Verdict.PASSED);
    }

    @Test
    void shouldHaveTheFirstFindingThatDecidedAsTheHeadline() {
        assertThat(judge(FULL, Gate.NEVER, Gate.NEVER, null).headline(FULL)).isEmpty();
        assertThat(judge(FULL, Gate.FAIL, null, null).headline(FULL))
                .contains(FULL.findings().get(0).title());
        Report silent = Preflights.withoutAnswer();
        GateVerdict unchecked = judge(silent, Gate.NEVER, null, null);
        assertThat(unchecked.verdict()).isEqualTo(Verdict.UNSTABLE);
        assertThat(unchecked.headline(silent)).contains(silent.findings().get(0).title());
    }

    @Test
    void shouldSayWhichChecksDecidedAndQuoteNoMessage() {
        assertThat(judge(FULL, Gate.FAIL, null, null).why())
                .isEqualTo("1 finding at or above failOn FAIL: credential-rejected");
        assertThat(judge(FULL, Gate.NEVER, Gate.WARN, null).why()).startsWith("2 findings at or above unstableOn WARN");
    }

    @ParameterizedTest
    @CsvSource({"FAIL, UNSTABLE", "WARN, UNSTABLE", "UNKNOWN, UNSTABLE", "NEVER, PASSED"})
    void shouldBeUnstableFromAnOutcomeOn(Gate unstableOn, Verdict verdict) {
        assertThat(judge(FULL, Gate.NEVER, unstableOn, null).verdict()).isEqualTo(verdict);
    }

    @Test
    void shouldCountWhatIsNewOnly() {
        Set<String> warning = Set.of(FULL.ids().get(1));
        assertThat(FULL.findings().get(1).outcome()).isEqualTo(Outcome.WARN);
        assertThat(judge(FULL, Gate.FAIL, null, warning).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judge(FULL, Gate.WARN, null, warning).why())
                .startsWith("1 finding that the reference build did not have at or above failOn WARN");
        assertThat(judge(FULL, Gate.FAIL, Gate.WARN, warning).verdict()).isEqualTo(Verdict.UNSTABLE);
        assertThat(judge(FULL, Gate.UNKNOWN, Gate.UNKNOWN, Set.of()).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void shouldNeverCountNotes() {
        Set<String> note = Set.of(FULL.ids().get(3));
        assertThat(judge(FULL, Gate.UNKNOWN, Gate.UNKNOWN, note).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void shouldNotTakeForWellWhatCouldNotBeLookedAt() {
        Report unchecked = Preflights.green().judged(Gate.NEVER, RunResult.UNCHECKED);
        assertThat(judge(unchecked, Gate.FAIL, null, null).verdict()).isEqualTo(Verdict.UNSTABLE);
        assertThat(judge(unchecked, Gate.FAIL, Gate.WARN, null).verdict()).isEqualTo(Verdict.UNSTABLE);
        assertThat(judge(unchecked, Gate.FAIL, Gate.NEVER, null).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judge(Preflights.green(), Gate.UNKNOWN, Gate.UNKNOWN, null).verdict())
                .isEqualTo(Verdict.PASSED);
    }

    @Test
    void shouldPassNoImageThatCouldNotBeCheckedWhereUnknownCounts() {
        Report open = Preflights.unresolved();
        assertThat(judge(open, Gate.WARN, Gate.WARN, null).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(judge(open, Gate.UNKNOWN, Gate.NEVER, null).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(judge(open, Gate.FAIL, Gate.UNKNOWN, null).verdict()).isEqualTo(Verdict.UNSTABLE);
        assertThat(judge(open, Gate.UNKNOWN, null, null).why()).contains("could not be checked");
        assertThat(judge(open, Gate.UNKNOWN, Gate.UNKNOWN, Set.of()).verdict()).isEqualTo(Verdict.PASSED);
    }
}
