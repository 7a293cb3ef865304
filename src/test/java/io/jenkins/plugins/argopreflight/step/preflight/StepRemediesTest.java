package io.jenkins.plugins.argopreflight.step.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.fix.WriteCredentials;
import io.jenkins.plugins.argopreflight.engine.fix.WriteCredentials.Mode;
import io.jenkins.plugins.argopreflight.engine.report.Preflights;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepRemediesTest {

    @Test
    void shouldPutTheStepBeforeTheCommand() {
        Fix fix = WriteCredentials.create("regcred", "ci", "registry.example.com")
                .bound("workflow")
                .mode(Mode.ADOPT)
                .user("team");
        assertThat(remedies("prod", fix)).containsExactly("""
                        // in the Jenkinsfile; CREDENTIALS_ID: what Jenkins keeps for user team of registry.example.com
                        argoRegistrySecret name: 'regcred', namespaces: ['ci'], serviceAccounts: ['workflow'], \
                        adopt: true, cluster: 'prod',
                            registries: [[url: 'registry.example.com', credentialsId: 'CREDENTIALS_ID']]""", Shell.text(fix));
    }

    @Test
    void shouldKeepWhatAShellDoesBesides() {
        Fix fix = WriteCredentials.create("legacy", "ci", "old.example.com")
                .after(Command.kubectlIn("ci", "delete", "secret").name("Secret", "legacy"))
                .because("write it anew");
        assertThat(remedies("", fix)).containsExactly("""
                        // write it anew
                        // first, in a shell: kubectl -n ci delete secret legacy
                        // in the Jenkinsfile; CREDENTIALS_ID: what Jenkins keeps for old.example.com
                        argoRegistrySecret name: 'legacy', namespaces: ['ci'],
                            registries: [[url: 'old.example.com', credentialsId: 'CREDENTIALS_ID']]""", """
                        # write it anew
                        kubectl -n ci delete secret legacy
                        argo-preflight sync --name legacy -n ci --registry old.example.com --username USER \
                        --password-stdin < password.txt""");
    }

    @Test
    void shouldLeaveAloneWhatNoStepDoes() {
        Fix fix = RunCommands.of(Command.kubectlIn("ci", "get", "pods"));
        assertThat(remedies("prod", fix)).containsExactly("kubectl -n ci get pods");
    }

    private static List<String> remedies(String cluster, Fix fix) {
        Report report = Preflights.full().worded(finding -> finding.fix(fix));
        Report remedied = new StepRemedies(cluster).in(report);
        assertThat(remedied.ids()).isEqualTo(report.ids());
        assertThat(remedied.findings())
                .extracting(Finding::remediation)
                .containsOnly(remedied.findings().get(0).remediation());
        return remedied.findings().get(0).remediation();
    }
}
