package io.jenkins.plugins.argopreflight.engine.render.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.preflight.Judgement;
import io.jenkins.plugins.argopreflight.engine.report.Gate;
import io.jenkins.plugins.argopreflight.engine.report.Preflights;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import io.jenkins.plugins.argopreflight.engine.report.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class BriefTest {

    @Test
    void shouldReportTheVerdictAndTheFirstThingsToDo() {
        Report report = Preflights.full();
        assertThat(new Brief(1).lines(report, report.findings()))
                .containsExactly(
                        "✘ Workflow build-, 1 distinct pod: 1 FAIL, 1 WARN, 1 UNKNOWN, 1 NOTE",
                        "  FAIL Something is wrong with Secret regcred  (credential-rejected)",
                        "    Secret ci/regcred",
                        "    What credential-rejected says of Secret regcred, where it is, and why it will not work as"
                                + " it stands.",
                        "        argo-preflight sync --name regcred -n ci --registry registry.example.com --username"
                                + " team \\",
                        "            --password-file password.txt",
                        "  and 3 other findings",
                        "  suppressed: docker-socket (build pool, until 2027-01-31): 1 finding");
    }

    @Test
    void shouldBeOneLineWhenAllIsWell() {
        assertThat(new Brief(3).lines(Preflights.green(), List.of()))
                .containsExactly("✔ Workflow build-, 1 distinct pod: nothing found, ready to submit");
    }

    @Test
    void shouldNotMarkAFailureThatDoesNotFailTheBuildAsGood() {
        Report passed = Preflights.full().judged(Gate.NEVER, RunResult.OK);
        assertThat(new Brief(0).lines(passed, List.of())).first().asString().startsWith("! Workflow build-");
    }

    @Test
    void shouldListSuppressedFindingsAndExpiredSuppressions() {
        assertThat(new Brief(0).lines(Preflights.full(), List.of()))
                .contains("  suppressed: docker-socket (build pool, until 2027-01-31): 1 finding");
        Finding over = Finding.warn(
                Judgement.EXPIRED, Subject.of("Ignore", "", "host-path", ""), "It was valid until yesterday.");
        Report expired = Preflights.of(List.of(over), RunResult.OK);
        assertThat(new Brief(0).lines(expired, List.of()))
                .contains("  expired suppression: It was valid until yesterday.");
    }

    @Test
    void shouldStayHarmlessAndShort() {
        Report report = Preflights.many(10_000);
        assertThat(new Brief(3).lines(report, report.findings())).hasSizeLessThan(20);
        Report hostile = Preflights.hostile();
        assertThat(String.join("\n", new Brief(3).lines(hostile, hostile.findings())))
                .doesNotContain("\u001b")
                .doesNotContain("\u202e");
    }
}
