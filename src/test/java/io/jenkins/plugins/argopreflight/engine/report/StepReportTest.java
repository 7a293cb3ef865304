package io.jenkins.plugins.argopreflight.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Option;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.WriteCredentials;
import io.jenkins.plugins.argopreflight.engine.fix.WriteCredentials.Mode;
import io.jenkins.plugins.argopreflight.engine.render.json.VisibleReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A report as the page and the log of a build show it. */
class StepReportTest {

    @Test
    void shouldShowTheStepInsteadOfTheCommand() {
        Fix fix = WriteCredentials.create("regcred", "ci", "registry.example.com")
                .bound("workflow")
                .mode(Mode.ADOPT)
                .user("team");
        assertThat(remedies("prod", fix)).containsExactly("""
                        // in the Jenkinsfile; CREDENTIALS_ID: what Jenkins keeps for user team of registry.example.com; \
                        adopt needs allowAdopt in Jenkins
                        argoRegistrySecret name: 'regcred', namespaces: ['ci'], serviceAccounts: ['workflow'], \
                        adopt: true, cluster: 'prod',
                            registries: [[url: 'registry.example.com', credentialsId: 'CREDENTIALS_ID']]""");
    }

    @Test
    void shouldKeepWhatAShellDoesBesides() {
        Fix fix = WriteCredentials.create("legacy", "ci", "old.example.com")
                .after(Command.kubectlIn("ci", "delete", "secret").name("Secret", "legacy"))
                .because("create it again");
        assertThat(remedies("", fix)).containsExactly("""
                        // create it again
                        // first, in a shell: kubectl -n ci delete secret legacy
                        // in the Jenkinsfile; CREDENTIALS_ID: what Jenkins keeps for old.example.com
                        argoRegistrySecret name: 'legacy', namespaces: ['ci'],
                            registries: [[url: 'old.example.com', credentialsId: 'CREDENTIALS_ID']]""");
    }

    @Test
    void shouldLeaveAloneWhatNoStepDoes() {
        Fix fix = RunCommands.of(Command.kubectlIn("ci", "get", "pods"));
        assertThat(remedies("prod", fix)).containsExactly("kubectl -n ci get pods");
    }

    @Test
    void shouldKeepTheAdviceOfACommandThatOnlyTheCommandLineHas() {
        RunCommands fix = RunCommands.of(Command.of("argo-preflight", "pods").noted("shows the pods again"));
        assertThat(remedies("", fix.because("correct it at spec.entrypoint")))
                .containsExactly("# correct it at spec.entrypoint");
        assertThat(remedies("", fix)).isEmpty();
    }

    @Test
    void shouldNameTheParameterInsteadOfTheOption() {
        Report report = Preflights.full()
                .worded(finding -> finding.title("give %s", Option.ARGO_VERSION.toString())
                        .evidence(EvidenceLine.words("args: --argo-version, --name"))
                        .fix(AskPerson.reader("add it to " + Option.NODE_CREDENTIALS)));
        Finding finding = VisibleReport.inStep(report, "").findings().get(0);

        assertThat(finding.title()).isEqualTo("give argoVersion");
        assertThat(finding.evidence()).contains("args: --argo-version, --name");
        assertThat(finding.remediation()).contains("# add it to nodeCredentials of the cluster in Jenkins");
        assertThat(Option.inStep("a--name --names --name=x --adopt, no --argo-version."))
                .isEqualTo("a--name --names name=x adopt: true (needs allowAdopt), no argoVersion.");
    }

    private static List<String> remedies(String cluster, Fix fix) {
        Report report = Preflights.full().worded(finding -> finding.fix(fix));
        Report remedied = VisibleReport.inStep(report, cluster);
        assertThat(remedied.ids()).isEqualTo(report.ids());
        assertThat(remedied.findings())
                .extracting(Finding::remediation)
                .containsOnly(remedied.findings().get(0).remediation());
        return remedied.findings().get(0).remediation();
    }
}
