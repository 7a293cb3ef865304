package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.action.History.Reference;
import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow.RightAnswer;
import io.jenkins.plugins.argopreflight.engine.render.PullRows;
import io.jenkins.plugins.argopreflight.engine.render.ShownOutcome;
import io.jenkins.plugins.argopreflight.engine.render.UncheckedFacts;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProcessorTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InRun.class)
class ReportPageTest {

    private static final Report MANY = Preflights.many(10_000);

    private static ReportPage page(Report report, History history, String from) {
        return ReportPage.of(report, "", Verdict.FAILED, history, from);
    }

    @Test
    void shouldOpenWithTheVerdictAndWhatToDoFirst() {
        ReportPage page = page(Preflights.full(), History.NONE, null);
        assertThat(page.verdict()).contains("1 FAIL").contains("Workflow build-");
        assertThat(page.alert()).isEqualTo("jenkins-alert-danger");
        assertThat(page.first()).hasSize(2).allMatch(row -> !row.command().isEmpty());
        assertThat(page.first().get(0).command()).startsWith("argo-preflight sync --name regcred");
        assertThat(page.groups())
                .extracting(ReportPage.Group::outcome)
                .containsExactly(ShownOutcome.FAIL, ShownOutcome.WARN, ShownOutcome.UNKNOWN, ShownOutcome.NOTE);
    }

    @ParameterizedTest
    @CsvSource({
        "PASSED, jenkins-alert-success, check",
        "UNSTABLE, jenkins-alert-warning, warning",
        "FAILED, jenkins-alert-danger, error",
    })
    void shouldShowTheResult(Verdict result, String alert, String symbol) {
        ReportPage page = ReportPage.of(Preflights.full(), "", result, History.NONE, null);
        assertThat(page.alert()).isEqualTo(alert);
        assertThat(page.symbol()).isEqualTo(symbol);
    }

    @Test
    void shouldNameOnlyThoseWhoNeedARightOfTheTable() {
        RightsMatrix all = RightsMatrix.of(List.of(
                right("ci:default", "create", RightAnswer.NO),
                right("argo:argo", "get", RightAnswer.YES),
                right("ci:build", "watch", RightAnswer.UNKNOWN)));
        assertThat(all.missing().subjects()).containsExactly("ServiceAccount ci/default");
        assertThat(all.missing().rows()).extracting(RightsMatrix.Row::answers).containsExactly(List.of("no"));
        assertThat(all.unknown().subjects()).containsExactly("ServiceAccount ci/build");
        assertThat(all.held().subjects()).containsExactly("ServiceAccount argo/argo");
    }

    @Test
    void shouldNotCountAnAnswerOfALaterVersionAsGranted() {
        ObjectNode written = new PreflightJson().tree(Preflights.full());
        written.at("/permissions").forEach(row -> ((ObjectNode) row).put("answer", "later"));
        RightsMatrix rights = RightsMatrix.of(new PreflightJson().read(written).permissions());
        assertThat(rights.held().rows()).isEmpty();
        assertThat(rights.unknown().rows()).hasSize(2);
    }

    private static PermissionRow right(String account, String verb, RightAnswer answer) {
        return new PermissionRow(
                "system:serviceaccount:" + account, Party.WORKFLOW, verb, "", "secrets", "", "ci", "", answer, "", "");
    }

    @Test
    void shouldShowWhoPullsWhatTheRightsAndWhatWasNotSeen() {
        ReportPage page = page(Preflights.full(), History.NONE, null);
        assertThat(page.pulls()).extracting(page::tone).containsExactly("fail", "ok");
        assertThat(page.pulls())
                .allSatisfy(
                        pull -> assertThat(String.join("", pull.imageParts())).isEqualTo(pull.image()));
        assertThat(page.rights().subjects()).containsExactly("ServiceAccount ci/default");
        assertThat(page.rights().rows().get(0).answers()).containsExactly("no");
        assertThat(page.rights().missing().rows()).hasSize(1);
        assertThat(page.unseen()).extracting(UncheckedFacts::reason).contains("no answer within 10 s");
        assertThat(page.missingRole()).contains("ClusterRole");
        assertThat(page.ignored())
                .extracting(ReportPage.Ignored::why)
                .containsExactly("docker-socket (build pool, until 2027-01-31)");
    }

    /** Three checks, two reasons. */
    @Test
    void shouldShowWhatIsUnknownForOneReasonOnce() {
        String reason = "jane is not allowed to list nodes.";
        List<FindingRow> rows = List.of(
                unknown("f1", "whether a node takes the pods", reason),
                unknown("f2", "whether the images are built for the nodes", reason),
                unknown("f3", "whether the quota allows the pods", "no answer within 10 s."));
        List<ReportPage.SameReason> sames = new ReportPage.Group(ShownOutcome.UNKNOWN, rows).byReason();
        assertThat(sames)
                .extracting(ReportPage.SameReason::reason)
                .containsExactly("Jane is not allowed to list nodes.", "");
        assertThat(sames.get(0).findings()).extracting(FindingRow::id).containsExactly("f1", "f2");
        assertThat(new ReportPage.Group(ShownOutcome.FAIL, rows).byReason()).hasSize(3);
    }

    private static FindingRow unknown(String id, String what, String reason) {
        CheckInfo check = new CheckInfo("check", "", Severity.WARNING, Topic.CLUSTER).alsoGiving(Outcome.UNKNOWN);
        Finding finding = UnknownFindings.finding(check, Subject.of("Node", "", "", ""), what, reason);
        return new FindingRow(id, finding, 0, false);
    }

    @Test
    void shouldShowWhatOnlyFollowsBelowItsCause() {
        ReportPage page = page(Preflights.full(), History.NONE, null);
        assertThat(page.groups().get(1).findings()).singleElement().satisfies(row -> {
            assertThat(row.finding().check()).isEqualTo("container-fs-group");
            assertThat(row.consequences().heading()).isEqualTo("Follows from it: 1 finding");
            assertThat(row.consequences().lines())
                    .containsExactly("WARN Something is wrong with Workflow build- (host-path-ownership,"
                            + " workflows/build.yaml:20)");
        });
        assertThat(page.total()).isEqualTo(4);
    }

    @Test
    void shouldOpenWithAClusterThatGivesNoAnswer() {
        ReportPage page = page(Preflights.withoutAnswer(), History.NONE, null);
        assertThat(page.first().get(0).finding().check()).isEqualTo("no-cluster-access");
        assertThat(page.first().get(0).consequences().heading()).isEqualTo("Not checked because of it: 1 check");
        assertThat(page.first().get(0).consequences().lines()).isEmpty();
        assertThat(page.groups())
                .extracting(ReportPage.Group::outcome)
                .containsExactly(ShownOutcome.UNKNOWN, ShownOutcome.FAIL, ShownOutcome.WARN);
        assertThat(page.unseen())
                .extracting(UncheckedFacts::reason)
                .containsExactly("not allowed to list nodes in all namespaces");
    }

    @Test
    void shouldMarkWhatIsNewAndSinceWhen() {
        Report report = Preflights.full();
        Report before = Preflights.green();
        History history = History.of(
                report,
                9,
                Optional.of(new Reference("main #4", "main", "job/main/4/", before)),
                Map.of(report.ids().get(0), 5));
        FindingRow row = page(report, history, null).groups().get(0).findings().get(0);
        assertThat(row.isNew()).isTrue();
        assertThat(row.since()).isEqualTo(5);
    }

    @Test
    void shouldSayThatOneImageIsFineForOneAndBrokenForAnother() {
        ReportPage page = page(Preflights.full(), History.NONE, null);
        assertThat(page.notes()).singleElement().asString().startsWith("The same image is fine for one and broken");
    }

    @Test
    void shouldSayThatALookUpMayBeNeedless() {
        ReportPage page = page(Preflights.lookedUp(), History.NONE, null);
        assertThat(page.notes()).hasSize(2).last().asString().contains("does not ask again");
        assertThat(page.pulls())
                .extracting(PullRows.Row::consumerAndPlatforms)
                .contains("kubelet on linux/amd64, linux/arm64");
    }

    @Test
    void shouldNotLinkToWhatIsNoWebPage() {
        ReportPage page = page(Preflights.hostile(), History.NONE, null);
        assertThat(page.groups().get(0).findings().get(0).link()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({",0", "0,0", "200,200", "399,200", "9999,9800", "10000,0", "-1,0", "x,0", "99999999999,0"})
    void shouldTurnPages(String from, int expected) {
        assertThat(page(MANY, History.NONE, from).from()).isEqualTo(expected);
    }

    @Test
    void shouldShowTenThousandFindingsPageByPage() {
        History history = History.of(MANY, 2, Optional.empty(), Map.of());
        assertThat(ProcessorTime.of(() -> page(MANY, history, "200"))).isLessThan(Duration.ofSeconds(2));
        ReportPage page = page(MANY, history, "200");
        assertThat(page.groups().stream()
                        .mapToInt(group -> group.findings().size())
                        .sum())
                .isEqualTo(ReportPage.FINDINGS);
        assertThat(page.previous()).isZero();
        assertThat(page.next()).isEqualTo(400);
        assertThat(page.pulls()).hasSizeLessThanOrEqualTo(1000);
    }

    @Test
    void shouldShowASentenceInsteadOfAReport() {
        ReportPage page = ReportPage.unreadable("It is gone.");
        assertThat(page.isReadable()).isFalse();
        assertThat(page.problem()).isEqualTo("It is gone.");
    }
}
