package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.Next;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.CheckRow;
import io.jenkins.plugins.argopreflight.engine.preflight.Report.PermissionRow;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.json.DiagnosisJson;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.render.text.DiagnosisText;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class BuildSecretsTest {

    private static final String CANARY = "canary-7Q2z";

    /** Returns the diagnosis of a container that has its secret in its termination message. */
    private static Diagnosis diagnosis() {
        Evidence evidence = new Evidence(
                "Pod ci/build",
                "status.containerStatuses[main].state.terminated",
                "Error (exit code 1): login with " + CANARY + " and canary failed",
                "",
                1);
        Cause cause = new Cause(
                "unrecognised",
                "A failure that is not recognised",
                new Cause.Subject("Template", "ci", "main", "main", ""),
                "The text below is not one that Argo Preflight knows.",
                false,
                Next.RESUBMIT,
                List.of("build"),
                List.of(evidence),
                List.of(),
                List.of());
        return new Diagnosis(
                "build",
                "ci",
                "u",
                "Failed",
                "main: " + CANARY,
                List.of(cause),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Diagnosis.Cost(1, 0, 1),
                "",
                List.of(),
                Set.of());
    }

    @Test
    void shouldMaskTheBuildsSecretsInEveryText() {
        Diagnosis masked = new BuildSecrets(List.of("canary", CANARY, "")).mask(diagnosis());

        assertThat(new DiagnosisJson().render(masked))
                .doesNotContain("canary")
                .contains("login with **** and **** failed");
        assertThat(new DiagnosisText(Style.PLAIN).render(masked)).doesNotContain("canary");
        assertThat(masked.causes().get(0).next()).isEqualTo(Next.RESUBMIT);
    }

    /** A secret can be one of the words in an evidence. */
    @Test
    void shouldKeepTheKindsOfEvidenceAndTheUnfinishedNodes() {
        Cause possible = new Cause(
                "pod-quota",
                "The quota is used up",
                new Cause.Subject("ResourceQuota", "ci", "pods", "", ""),
                "",
                true,
                Next.WAIT,
                List.of("build"),
                List.of(
                        Evidence.ofPossible("pod-quota", "node build"),
                        Evidence.ofLog("Pod ci/build", "main", "waiting")),
                List.of(),
                List.of());
        Diagnosis original = diagnosis().withCauses(List.of(possible)).unfinished(Set.of("build"));

        Diagnosis masked = new BuildSecrets(List.of("possible", "log of")).mask(original);

        assertThat(masked.causes().get(0).evidence())
                .extracting(Evidence::text)
                .contains("a **** cause: node build does not go on, and no message, event or log says why");
        assertThat(masked.isPermanent()).isEqualTo(original.isPermanent()).isFalse();
        assertThat(masked.causes().get(0).evidence())
                .extracting(Evidence::isLog)
                .containsExactly(false, true);
        assertThat(masked.unfinished()).containsExactly("build");
    }

    @Test
    void shouldMaskEachLineOfASecret() {
        Diagnosis masked = new BuildSecrets(List.of("first line\n" + CANARY + "\n")).mask(diagnosis());

        assertThat(masked.message()).isEqualTo("main: ****");
    }

    /** The text of a fix and the log of a workflow have secrets between quotes. */
    @Test
    void shouldMaskASecretBetweenQuotes() {
        ObjectNode workflow =
                KubeObjects.of(Resource.namespaced("argoproj.io", "v1alpha1", "workflows", "Workflow"), "ci", "w");
        workflow.putArray("texts")
                .add("kubectl create --password='it'\\''s \"7Q2z\"'")
                .add("kubectl patch -p '{\"p\": \"it'\\''s \\\"7Q2z\\\"\"}'")
                .add("step(password: 'it\\'s \"7Q2z\"')")
                .add("password: 'it''s \"7Q2z\"'")
                .add("{\"password\": \"it's \\\"7Q2z\\\"\"}");

        ObjectNode masked = new BuildSecrets(List.of("it's \"7Q2z\"")).mask(workflow);

        assertThat(masked.path("texts").valueStream().map(JsonNode::asText))
                .containsExactly(
                        "kubectl create --password='****'",
                        "kubectl patch -p '{\"p\": \"****\"}'",
                        "step(password: '****')",
                        "password: '****'",
                        "{\"password\": \"****\"}");
    }

    /** The short lines are those of a key in JSON: braces and brackets are everywhere. */
    @Test
    void shouldNotMaskShortLinesOfASecret() {
        Diagnosis masked = new BuildSecrets(List.of("main:\n(exit\n" + CANARY)).mask(diagnosis());

        assertThat(masked.message()).isEqualTo("main: ****");
    }

    @Test
    void shouldLeaveADiagnosisWithoutThemAsItIs() {
        Diagnosis same = diagnosis();

        assertThat(new BuildSecrets(List.of("other")).mask(same)).isSameAs(same);
        assertThat(new BuildSecrets(List.of("Failed", "resubmit")).mask(same).phase())
                .isEqualTo("Failed");
    }

    @Test
    void shouldMaskThemInAWorkflowAndLeaveTheGivenOneAsItIs() {
        ObjectNode workflow =
                KubeObjects.of(Resource.namespaced("argoproj.io", "v1alpha1", "workflows", "Workflow"), "ci", "w");
        workflow.putObject("status")
                .put("message", "login with " + CANARY + " failed")
                .put("phase", "Failed");

        ObjectNode masked = new BuildSecrets(List.of(CANARY, "Failed")).mask(workflow);

        assertThat(masked.at("/status/message").asText()).isEqualTo("login with **** failed");
        assertThat(masked.at("/status/phase").asText()).isEqualTo("Failed");
        assertThat(workflow.at("/status/message").asText()).contains(CANARY);
        assertThat(new BuildSecrets(List.of("other")).mask(workflow)).isSameAs(workflow);
    }

    @Test
    void shouldMaskThemInTheReportOfAPreflight() {
        Report report = Preflights.full();
        assertThat(new PreflightJson().render(report)).contains("registry.example.com", "ServiceAccount");

        Report masked = new BuildSecrets(List.of("registry.example.com")).mask(report);

        assertThat(new PreflightJson().render(masked))
                .doesNotContain("registry.example.com")
                .contains("****/team/image:v1.2");
        assertThat(new BuildSecrets(List.of(CANARY)).mask(report)).isSameAs(report);
    }

    /** A secret can be one of the words that every report has. */
    @Test
    void shouldKeepTheOutcomesOfAReport() {
        Report report = Preflights.full();

        Report masked = new BuildSecrets(List.of(
                        "FAIL",
                        "WARN",
                        "ok",
                        "failed",
                        "fail",
                        "error",
                        "rejected",
                        "kubelet",
                        "run-commands",
                        "not-found",
                        "workflow",
                        "yes",
                        "no"))
                .mask(report);

        assertThat(masked).isNotSameAs(report);
        assertThat(masked.result()).isEqualTo(report.result());
        assertThat(masked.request().failOn()).isEqualTo(report.request().failOn());
        assertThat(masked.checks()).extracting(CheckRow::outcome).isEqualTo(outcomes(report));
        assertThat(masked.findings())
                .extracting(Finding::outcome)
                .containsExactlyElementsOf(
                        report.findings().stream().map(Finding::outcome).toList());
        assertThat(masked.pulls())
                .extracting(PullRow::verdict)
                .containsExactlyElementsOf(
                        report.pulls().stream().map(PullRow::verdict).toList());
        assertThat(masked.permissions())
                .extracting(PermissionRow::party, PermissionRow::answer)
                .containsExactlyElementsOf(report.permissions().stream()
                        .map(one -> tuple(one.party(), one.answer()))
                        .toList());
    }

    /** The answer of a server is a text, although the field has the name of a fixed term. */
    @Test
    void shouldMaskThemInTheAnswersOfEvidence() {
        Finding finding =
                Preflights.full().findings().get(0).evidence(EvidenceLine.exchange("dry run", "no " + CANARY));
        Report report = Preflights.of(List.of(finding), Preflights.full().result());

        Report masked = new BuildSecrets(List.of(CANARY)).mask(report);

        assertThat(masked.findings().get(0).evidence()).endsWith("dry run: no ****");
        assertThat(new PreflightJson().render(masked)).doesNotContain(CANARY);
    }

    private static List<Outcome> outcomes(Report report) {
        return report.checks().stream().map(CheckRow::outcome).toList();
    }
}
