package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.Next;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixText;
import io.jenkins.plugins.argopreflight.engine.model.fix.Groovy;
import io.jenkins.plugins.argopreflight.engine.model.fix.Option;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.WriteCredentials;
import io.jenkins.plugins.argopreflight.engine.model.fix.WriteCredentials.Mode;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.render.FixLines;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.json.VisibleReport;
import io.jenkins.plugins.argopreflight.engine.render.text.DiagnosisText;
import io.jenkins.plugins.argopreflight.testing.Diagnoses;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A report as the page and the log of a build show it. */
@ExtendWith(InRun.class)
class StepReportTest {

    @Test
    void shouldShowTheStepAndThenTheCommand() {
        Fix fix = WriteCredentials.create("regcred", "ci", "registry.example.com")
                .bound("workflow")
                .mode(Mode.ADOPT)
                .user("team");
        assertThat(remedies("prod", fix)).containsExactly("""
                        // in the Jenkinsfile; CREDENTIALS_ID: what Jenkins keeps for user team of registry.example.com; \
                        adopt needs allowAdopt in Jenkins
                        argoRegistrySecret name: 'regcred', namespaces: ['ci'], serviceAccounts: ['workflow'], \
                        adopt: true, cluster: 'prod',
                            registries: [[url: 'registry.example.com', credentialsId: 'CREDENTIALS_ID']]""", """
                        # or, in a shell:
                        argo-preflight sync --name regcred -n ci --service-account workflow --adopt \
                        --registry registry.example.com --username team --password-stdin < password.txt""");
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
                            registries: [[url: 'old.example.com', credentialsId: 'CREDENTIALS_ID']]""", """
                        # or, in a shell:
                        kubectl -n ci delete secret legacy
                        argo-preflight sync --name legacy -n ci --registry old.example.com --username USER \
                        --password-stdin < password.txt""");
    }

    @Test
    void shouldLeaveAloneWhatNoStepDoes() {
        Fix fix = RunCommands.of(Command.kubectlIn("ci", "get", "pods"));
        assertThat(remedies("prod", fix)).containsExactly("kubectl -n ci get pods");
    }

    @Test
    void shouldKeepTheAdviceOfACommandThatOnlyTheCommandLineHas() {
        RunCommands fix = RunCommands.of(Command.of("argo-preflight", "pods").withNote("shows the pods again"));
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
        Finding finding =
                VisibleReport.inStep(Remediation.inStep(report, "")).findings().get(0);

        assertThat(finding.title()).isEqualTo("give argoVersion");
        assertThat(finding.evidence()).contains("args: --argo-version, --name");
        assertThat(finding.remediation()).contains("# add it to nodeCredentials of the cluster in Jenkins");
        assertThat(Option.inStep("a--name --names --name=x --adopt, no --argo-version."))
                .isEqualTo("a--name --names name=x adopt: true (needs allowAdopt), no argoVersion.");
    }

    @Test
    void shouldLeaveCommandsAndQuotesAsTheyAre() {
        assertThat(Option.inStep("""
                        the Secret is not managed by Argo Preflight: give --adopt
                            argo-preflight sync --name regcred -n jt --service-account default --recreate < password.txt
                            > Pod ci/build log: unknown option --name
                        run kubectl create secret generic a --namespace b, then give --recreate
                        to fix it: docs/rbac/rbac.sh --namespace ci --name a --secret b c.yaml | kubectl apply -f -""")).isEqualTo("""
                        the Secret is not managed by Argo Preflight: give adopt: true (needs allowAdopt)
                            argo-preflight sync --name regcred -n jt --service-account default --recreate < password.txt
                            > Pod ci/build log: unknown option --name
                        run kubectl create secret generic a --namespace b, then give recreate: true
                        to fix it: docs/rbac/rbac.sh --namespace ci --name a --secret b c.yaml | kubectl apply -f -""");
    }

    @Test
    void shouldSeparateAlternativesAndWarnBeforeTheCommand() {
        Fix bind = RunCommands.of(Command.kubectlIn("ci", "patch", "serviceaccount"))
                .orIf("where Secret regcred exists")
                .then("then create the pods again");
        Fix list = ChangeField.to(Yaml.of("spec: {imagePullSecrets: [{name: regcred}]}"))
                .or("in the Workflow; this replaces the list of ServiceAccount workflow:");
        Fix person = AskPerson.or("");
        List<Fix> fixes = List.of(WriteCredentials.create("regcred", "ci", "registry.example.com"), bind, list, person);
        List<FixText> texts =
                fixes.stream().flatMap(fix -> Groovy.inStep(fix, "").stream()).toList();

        assertThat(FixLines.of("  ", texts)).containsExactly("""
                          // in the Jenkinsfile; CREDENTIALS_ID: what Jenkins keeps for registry.example.com
                          argoRegistrySecret name: 'regcred', namespaces: ['ci'],
                              registries: [[url: 'registry.example.com', credentialsId: 'CREDENTIALS_ID']]
                          or
                          # in a shell:
                          argo-preflight sync --name regcred -n ci --registry registry.example.com --username USER \
                        --password-stdin < password.txt
                          or
                          # where Secret regcred exists
                          kubectl -n ci patch serviceaccount
                          # then create the pods again
                          or
                          # in the Workflow; this replaces the list of ServiceAccount workflow:
                          spec: {imagePullSecrets: [{name: regcred}]}
                          or
                        """.lines().toArray(String[]::new));
        assertThat(FixLines.of("", texts.subList(1, 2)).get(0)).isEqualTo("# in a shell:");
    }

    /** The log of a build shows a diagnosis like this. */
    @Test
    void shouldShowTheStepBeforeTheCommandInADiagnosis() {
        Cause cause = new Cause(
                        "pull-secret-missing",
                        "give --argo-version",
                        new Cause.Subject("Secret", "ci", "regcred", "", ""),
                        "",
                        true,
                        Next.RESUBMIT,
                        List.of(),
                        List.of(new Evidence("Pod ci/a", "message", "no --name", "", 1)),
                        List.of(),
                        List.of())
                .withFixes(List.of(WriteCredentials.create("regcred", "jt", "registry.example.com")
                        .bound("default")));
        Diagnosis diagnosis = Diagnoses.of("ci", "Failed", cause);

        assertThat(new DiagnosisText(Style.PLAIN).render(Remediation.inStep(diagnosis, "prod")))
                .contains("give argoVersion  pull-secret-missing", "message: no --name")
                .containsSubsequence(
                        "argoRegistrySecret name: 'regcred', namespaces: ['jt'], serviceAccounts: ['default']",
                        "        or\n",
                        "argo-preflight sync --name regcred -n jt --service-account default --registry");
    }

    private static List<String> remedies(String cluster, Fix fix) {
        Report report = Preflights.full().worded(finding -> finding.fix(fix));
        Report remedied = VisibleReport.inStep(Remediation.inStep(report, cluster));
        assertThat(remedied.ids()).isEqualTo(report.ids());
        assertThat(remedied.findings())
                .extracting(Finding::remediation)
                .containsOnly(remedied.findings().get(0).remediation());
        return remedied.findings().get(0).remediation();
    }
}
