package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.action.History.Reference;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class HistoryTest {

    private static Optional<Reference> reference(Report report) {
        return Optional.of(new Reference("main #4", "main", "job/main/4/", report));
    }

    @Test
    void shouldReportWhatIsNewAndWhatIsFixed() {
        Report before = Preflights.full();
        Report now = Preflights.hostile();
        History history = History.of(now, 7, reference(before), Map.of());
        assertThat(history.fresh()).isEqualTo(now.ids());
        assertThat(history.fixed())
                .extracting(History.FixedFinding::check)
                .as("may-run could not be checked, before and now")
                .containsExactly("credential-rejected", "container-fs-group", "mutable-tag");
        assertThat(history.hasReference()).isTrue();
        assertThat(history.withoutReference().hasReference()).isFalse();
        assertThat(history.withoutReference().fixed()).isEmpty();
    }

    @Test
    void shouldCountWhatIsNoLongerUnknown() {
        Report full = Preflights.full();
        Report now = full.withRows(full.findings().subList(0, 2), full.permissions(), full.unknown());
        String unknown = full.findings().get(2).check();

        assertThat(History.of(checking(now, unknown, Outcome.PASS), 7, reference(full), Map.of())
                        .answeredCount())
                .isEqualTo(1);
        assertThat(History.of(checking(now, unknown, Outcome.UNKNOWN), 7, reference(full), Map.of())
                        .answeredCount())
                .as("the check was not made")
                .isZero();
        assertThat(History.of(full, 7, reference(full), Map.of()).answeredCount())
                .isZero();
    }

    /** The same report in which one check came to this outcome. */
    private static Report checking(Report report, String check, Outcome outcome) {
        List<Report.CheckRow> rows = report.checks().stream()
                .map(row ->
                        row.id().equals(check) ? new Report.CheckRow(check, row.summary(), row.topic(), outcome) : row)
                .toList();
        return new Report(
                report.schemaVersion(),
                report.request(),
                report.identity(),
                report.versions(),
                report.result(),
                report.subjects(),
                report.pods(),
                report.pulls(),
                report.permissions(),
                report.findings(),
                report.ignored(),
                report.notes(),
                rows,
                report.unknown(),
                report.missingRole(),
                report.cost(),
                report.recorded());
    }

    @Test
    void shouldKnowWhatTheReferenceHadToo() {
        History history = History.of(Preflights.full(), 7, reference(Preflights.full()), Map.of());
        assertThat(history.fresh()).isEmpty();
        assertThat(history.fixed()).isEmpty();
    }

    @Test
    void shouldCallNothingNewWithoutAReference() {
        History history = History.of(Preflights.full(), 7, Optional.empty(), Map.of());
        assertThat(history.fresh()).isEmpty();
        assertThat(history.hasReference()).isFalse();
        assertThat(history.firstSeen()).hasSize(4).containsValue(7);
    }

    /** The reference build has the cause, and not what stands below it. */
    @Test
    void shouldCallNewWhatStandsBelowAKnownCause() {
        Report full = Preflights.full();
        Finding cause = full.findings().get(0);
        Finding consequence = full.findings().get(1);
        Report now = full.withRows(List.of(cause.with(List.of(consequence))), full.permissions(), full.unknown());
        Reference before = new Reference(
                "main #4", "main", "job/main/4/", full.withRows(List.of(cause), full.permissions(), full.unknown()));
        Report lifted = before.compared(now);
        assertThat(History.of(lifted, 7, Optional.of(before), Map.of()).fresh())
                .containsExactly(full.ids().get(1));
        assertThat(lifted.findings()).containsExactly(cause, consequence);
    }

    @Test
    void shouldKeepTheBuildInWhichAFindingAppeared() {
        Report report = Preflights.full();
        String oldest = report.ids().get(0);
        History history = History.of(report, 7, Optional.empty(), Map.of(oldest, 3, "gone", 1));
        assertThat(history.firstSeen())
                .containsEntry(oldest, 3)
                .containsEntry(report.ids().get(1), 7);
        assertThat(history.firstSeen()).doesNotContainKey("gone");
    }

    @Test
    void shouldKeepNoAddressOfTheReferencesCluster() {
        Report before = new PreflightJson()
                .read(new PreflightJson()
                        .render(Preflights.full())
                        .replace("where it is, and why", "GET https://cluster.example.com:6443/api, and why"));
        History history = History.of(Preflights.hostile(), 7, reference(before), Map.of());
        assertThat(history.fixed())
                .extracting(History.FixedFinding::message)
                .allSatisfy(message ->
                        assertThat(message).contains("GET (the cluster)/api").doesNotContain("cluster.example.com"));
        assertThat(history.fixed()).isNotEmpty();
    }

    @Test
    void shouldHideTheClusterInWhatIsFixed() {
        History history = History.of(Preflights.hostile(), 7, reference(Preflights.full()), Map.of());
        assertThat(history.withoutAddress(new HiddenServer("https://regcred"))
                        .fixed()
                        .toString())
                .doesNotContain("regcred")
                .contains("(the cluster)");
    }
}
