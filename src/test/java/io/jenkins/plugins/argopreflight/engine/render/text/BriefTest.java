package io.jenkins.plugins.argopreflight.engine.render.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Note;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
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
                        "  more in the report: 1 WARN, 1 UNKNOWN",
                        "  note: One pod was checked for many: step each loops over 10000 items: one pod was checked"
                                + " for all. (workflows/build.yaml:9)",
                        "  suppressed: docker-socket (build pool, until 2027-01-31): 1 finding");
    }

    @Test
    void shouldCountWhatItDoesNotList() {
        Report report = Preflights.full();
        assertThat(new Brief(3).lines(report, report.findings().subList(0, 1)))
                .as("only the first one decided")
                .contains("  more in the report: 1 WARN, 1 UNKNOWN");
        assertThat(new Brief(3).lines(report, report.findings()))
                .noneMatch(line -> line.contains("more in the report"));
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
    void shouldListSuppressedFindingsAndNotes() {
        assertThat(new Brief(0).lines(Preflights.full(), List.of()))
                .contains("  suppressed: docker-socket (build pool, until 2027-01-31): 1 finding");
        Note over = Note.of(
                Note.Kind.IGNORE_EXPIRED,
                Subject.of("Ignore", "", "host-path", ""),
                "The suppression of host-path has expired",
                "It was valid until yesterday.");
        Report expired = Preflights.of(List.of(), List.of(over, over, over), RunResult.OK);
        assertThat(new Brief(2).lines(expired, List.of()))
                .containsSubsequence(
                        "  note: The suppression of host-path has expired: It was valid until yesterday.",
                        "  note: The suppression of host-path has expired: It was valid until yesterday.",
                        "  and 1 other note");
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
