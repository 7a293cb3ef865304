package io.jenkins.plugins.argopreflight.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.config.GatePolicy.Level;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.preflight.GateOptions;
import io.jenkins.plugins.argopreflight.engine.preflight.Suppression;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

    private static Level level(String who, String failOn, String unstableOn, boolean locks, Suppression... ignores) {
        return new Level(who, new GateOptions(gate(failOn), gate(unstableOn), List.of(ignores)), locks);
    }

    private static Optional<Gate> gate(String name) {
        return name == null || name.isEmpty() ? Optional.empty() : Optional.of(Gate.valueOf(name));
    }

    private static Suppression ignore(String check, String until) {
        return new Suppression(check, "reason", until == null ? Optional.empty() : Optional.of(LocalDate.parse(until)));
    }

    @Test
    void shouldTakeTheInnermostWithoutALock() {
        GatePolicy policy = GatePolicy.initial()
                .with(level("Jenkins", "FAIL", "WARN", false, ignore("a", "2027-01-31")))
                .with(level("folder team", "WARN", "", false, ignore("b", null)))
                .with(level("this step", "NEVER", "NEVER", false, ignore("a", null)));
        assertThat(policy.options().gate()).isEqualTo(Gate.NEVER);
        assertThat(policy.options().unstableOn()).contains(Gate.NEVER);
        assertThat(policy.options().ignores()).containsExactly(ignore("a", null), ignore("b", null));
        assertThat(policy.notes()).isEmpty();
    }

    @Test
    void shouldFailOnFailuresWhereNothingIsSet() {
        assertThat(GatePolicy.initial().options().gate()).isEqualTo(Gate.FAIL);
        assertThat(GatePolicy.initial().options().unstableOn()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FAIL, NEVER, FAIL, true",
        "FAIL, FAIL, FAIL, false",
        "FAIL, WARN, WARN, false",
        "FAIL, UNKNOWN, UNKNOWN, false",
        "WARN, NEVER, WARN, true",
        "WARN, FAIL, WARN, true",
        "WARN, WARN, WARN, false",
        "WARN, UNKNOWN, UNKNOWN, false",
        "UNKNOWN, FAIL, UNKNOWN, true",
        "UNKNOWN, WARN, UNKNOWN, true",
        "UNKNOWN, NEVER, UNKNOWN, true",
        "NEVER, FAIL, FAIL, false",
        "NEVER, NEVER, NEVER, false",
        "WARN, , WARN, false"
    })
    void shouldKeepALockedFailOnFromBeingLessStrict(String locked, String asked, String applies, boolean noted) {
        GatePolicy policy = GatePolicy.initial()
                .with(level("Jenkins", locked, "", true))
                .with(level("this step", asked, "", false));
        assertThat(policy.options().gate()).isEqualTo(Gate.valueOf(applies));
        if (noted) {
            assertThat(policy.notes())
                    .containsExactly("failOn " + asked + " of this step does not apply: the policy of Jenkins is"
                            + " locked, with failOn " + locked);
        } else {
            assertThat(policy.notes()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        ", NEVER, , true",
        ", FAIL, FAIL, false",
        "NEVER, , NEVER, false",
        "FAIL, NEVER, FAIL, true",
        "FAIL, WARN, WARN, false",
        "WARN, FAIL, WARN, true",
        "UNKNOWN, WARN, UNKNOWN, true"
    })
    void shouldKeepALockedUnstableOnFromBeingLessStrict(String locked, String asked, String applies, boolean noted) {
        GatePolicy policy = GatePolicy.initial()
                .with(level("Jenkins", "", locked, true))
                .with(level("this step", "", asked, false));
        assertThat(policy.options().unstableOn()).isEqualTo(gate(applies));
        assertThat(policy.notes()).hasSize(noted ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "a, , true",
        "a, 2028-01-31, true",
        "a, 2027-01-31, false",
        "a, 2027-01-30, false",
        "b, , false",
        "b, 2030-01-01, false",
        "c, , true",
        "c, 2020-01-01, true",
        "A, 2027-01-31, true"
    })
    void shouldKeepALockedPolicyFromFurtherSuppressions(String check, String until, boolean refused) {
        Suppression asked = ignore(check, until);
        GatePolicy policy = GatePolicy.initial()
                .with(level("folder team", "", "", true, ignore("a", "2027-01-31"), ignore("b", null)))
                .with(level("this step", "", "", false, asked));
        if (refused) {
            assertThat(policy.options().ignores()).containsExactly(ignore("a", "2027-01-31"), ignore("b", null));
            assertThat(policy.notes())
                    .containsExactly("ignore " + check + " of this step does not apply: the policy of folder team is"
                            + " locked");
        } else {
            assertThat(policy.options().ignores()).hasSize(2).contains(asked);
            assertThat(policy.notes()).isEmpty();
        }
    }

    @Test
    void shouldKeepAFolderFromLooseningWhatIsLockedAboveAndLetItLockMore() {
        GatePolicy policy = GatePolicy.initial()
                .with(level("Jenkins", "WARN", "", true))
                .with(level("folder team", "NEVER", "UNKNOWN", false, ignore("a", null)))
                .with(level("folder team/inner", "UNKNOWN", "", true))
                .with(level("this step", "WARN", "NEVER", false));
        assertThat(policy.options().gate()).isEqualTo(Gate.UNKNOWN);
        assertThat(policy.options().unstableOn()).contains(Gate.UNKNOWN);
        assertThat(policy.options().ignores()).isEmpty();
        assertThat(policy.notes())
                .extracting(note -> note.replaceFirst(" does not apply.*", ""))
                .containsExactly(
                        "failOn NEVER of folder team",
                        "ignore a of folder team",
                        "failOn WARN of this step",
                        "unstableOn NEVER of this step");
    }

    @Test
    void shouldRefuseBelowALockWhatWouldDoWithoutTheGate() {
        Level newOnly = new Level("this step", GateOptions.DEFAULT.countingOnlyNew(), false);
        GatePolicy open = GatePolicy.initial().with(level("Jenkins", "FAIL", "", false));
        assertThat(open.refusal("noRegistry")).isEmpty();
        assertThat(open.with(newOnly).options().newOnly()).isTrue();
        assertThat(open.with(newOnly).notes()).isEmpty();

        GatePolicy locked = open.with(level("folder team", "", "", true)).with(newOnly);
        assertThat(locked.options().newOnly()).isFalse();
        assertThat(locked.notes())
                .containsExactly("newOnly of this step does not apply: the policy of folder team is locked");
        assertThat(locked.refusal("noRegistry"))
                .contains("noRegistry of this step does not apply: the policy of folder team is locked");
    }

    /** Whatever the levels ask for, below a lock it is never less strict than the lock. */
    @Test
    void shouldNeverGoBelowALock() {
        List<String> gates = List.of("", "NEVER", "FAIL", "WARN", "UNKNOWN");
        List<Level> levels = gates.stream()
                .flatMap(fail -> gates.stream()
                        .flatMap(unstable -> Stream.of(true, false)
                                .map(locks -> level("x", fail, unstable, locks, ignore("a", null)))))
                .toList();
        for (Level jenkins : levels) {
            GatePolicy locked = GatePolicy.initial()
                    .with(new Level(
                            "Jenkins",
                            new GateOptions(
                                    jenkins.options().failOn(),
                                    jenkins.options().unstableOn(),
                                    false,
                                    List.of()),
                            true));
            for (Level folder : levels) {
                for (Level step : levels) {
                    GatePolicy policy = locked.with(folder).with(step);
                    assertThat(rank(Optional.of(policy.options().gate())))
                            .isGreaterThanOrEqualTo(
                                    rank(Optional.of(locked.options().gate())));
                    assertThat(rank(policy.options().unstableOn()))
                            .isGreaterThanOrEqualTo(rank(locked.options().unstableOn()));
                    assertThat(policy.options().ignores()).isEmpty();
                }
            }
        }
    }

    private static int rank(Optional<Gate> gate) {
        return List.of("NEVER", "", "FAIL", "WARN", "UNKNOWN")
                .indexOf(gate.map(Gate::name).orElse(""));
    }
}
