package io.jenkins.plugins.argopreflight.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class BriefTest {

    @Test
    void shouldTellTheVerdictAndTheFirstThingsToDo() {
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
                        "  and 3 other findings");
    }

    @Test
    void shouldBeOneLineWhenAllIsWell() {
        assertThat(new Brief(3).lines(Preflights.green(), List.of()))
                .containsExactly("✔ Workflow build-, 1 distinct pod: nothing found, may be submitted");
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
