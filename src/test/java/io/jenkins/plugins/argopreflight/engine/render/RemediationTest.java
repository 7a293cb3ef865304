package io.jenkins.plugins.argopreflight.engine.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.Next;
import io.jenkins.plugins.argopreflight.engine.model.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.ci.GithubCommands;
import io.jenkins.plugins.argopreflight.engine.render.ci.JUnitXml;
import io.jenkins.plugins.argopreflight.engine.render.ci.Sarif;
import io.jenkins.plugins.argopreflight.engine.render.json.DiagnosisJson;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.render.page.Html;
import io.jenkins.plugins.argopreflight.engine.render.page.Markdown;
import io.jenkins.plugins.argopreflight.engine.render.text.DiagnosisText;
import io.jenkins.plugins.argopreflight.engine.render.text.PreflightText;
import io.jenkins.plugins.argopreflight.testing.Diagnoses;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The texts of fixes, which an entry point has written before a report is shown. */
@ExtendWith(InRun.class)
class RemediationTest {

    private static final Fix FIX = AskPerson.reader("correct it");

    private static Report unwritten() {
        return Preflights.full().worded(finding -> finding.withFixes(List.of(FIX)));
    }

    @Test
    void shouldRefuseToShowAReportWhoseFixesAreNotWritten() {
        List<Consumer<Report>> formats = List.of(
                report -> new PreflightJson().tree(report),
                report -> new PreflightText(Style.PLAIN).render(report),
                report -> new Html().render(report),
                report -> new Markdown().render(report),
                report -> new Sarif().render(report),
                report -> new JUnitXml().render(report),
                report -> new GithubCommands().render(report));
        for (Consumer<Report> format : formats) {
            assertThatThrownBy(() -> format.accept(unwritten()))
                    .hasStackTraceContaining("the texts of the fixes are not written");
            format.accept(Remediation.inShell(unwritten()));
        }
    }

    @Test
    void shouldWriteTheFixesOfConsequencesAndOfSuppressedFindings() {
        Report report = unwritten();
        Report suppressed = report.suppressing(Set.copyOf(report.allIds()), "known", Gate.NEVER);
        assertThat(suppressed.ignored())
                .anyMatch(each -> !each.finding().consequences().isEmpty());

        assertThat(Remediation.inShell(report).all())
                .hasSizeGreaterThan(report.findings().size())
                .extracting(Finding::remediation)
                .containsOnly(List.of("# correct it"));
        for (Report written : List.of(Remediation.inShell(suppressed), Remediation.inStep(suppressed, "prod"))) {
            assertThat(written.ignored())
                    .flatExtracting(each -> findings(each.finding()))
                    .filteredOn(finding -> !finding.fixes().isEmpty())
                    .isNotEmpty()
                    .allSatisfy(finding -> assertThat(finding.remediation()).containsExactly("# correct it"));
            new PreflightJson().tree(written);
        }
    }

    private static List<Finding> findings(Finding finding) {
        return Stream.concat(Stream.of(finding), finding.consequences().stream())
                .toList();
    }

    private static Diagnosis diagnosis() {
        Cause cause = new Cause(
                        "image-not-found",
                        "No such image",
                        new Cause.Subject("Workflow", "ci", "build", "", ""),
                        "",
                        true,
                        Next.RESUBMIT,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of())
                .withFixes(List.of(FIX));
        return Diagnoses.of("ci", "Failed", cause);
    }

    @Test
    void shouldRefuseToShowADiagnosisWhoseFixesAreNotWritten() {
        Diagnosis diagnosis = diagnosis();
        assertThatThrownBy(() -> new DiagnosisText(Style.PLAIN).render(diagnosis))
                .hasMessageContaining("the texts of the fixes are not written");
        assertThatThrownBy(() -> new DiagnosisJson().render(diagnosis))
                .hasMessageContaining("the texts of the fixes are not written");
        assertThat(new DiagnosisJson().render(Remediation.inStep(diagnosis, "")))
                .contains("# correct it");
    }

    @Test
    void shouldRefuseToReadAReportWithoutTheTextsOfFixes() {
        Report report = Remediation.inShell(unwritten());
        Report suppressed = report.suppressing(Set.copyOf(report.allIds()), "known", Gate.NEVER);
        PreflightJson json = new PreflightJson();
        for (Report each : List.of(report, suppressed)) {
            int owners = owners(json.tree(each)).size();
            assertThat(owners).isGreaterThan(1);
            assertThat(json.read(json.tree(each))).isNotNull();
            for (int i = 0; i < owners; i++) {
                ObjectNode without = json.tree(each);
                owners(without).get(i).remove("remediation");
                assertThatThrownBy(() -> json.read(without)).hasMessage("no report of a preflight");
                ObjectNode withNull = json.tree(each);
                owners(withNull).get(i).putNull("remediation");
                assertThatThrownBy(() -> json.read(withNull)).hasMessage("no report of a preflight");
            }
        }
    }

    @Test
    void shouldRefuseToReadADiagnosisWithoutTheTextsOfFixes() {
        DiagnosisJson json = new DiagnosisJson();
        ObjectNode document = json.tree(Remediation.inShell(diagnosis()));
        assertThat(json.read(document).causes()).hasSize(1);
        owners(document).get(0).putNull("remediation");
        assertThatThrownBy(() -> json.read(document)).hasMessage("no diagnosis");
        owners(document).get(0).remove("remediation");
        assertThatThrownBy(() -> json.read(document)).hasMessage("no diagnosis");
    }

    /** Returns the objects of a document that have texts of fixes. */
    private static List<ObjectNode> owners(JsonNode document) {
        return document.findParents("remediation").stream()
                .map(ObjectNode.class::cast)
                .toList();
    }

    /** The stored YAML of a fix has no comments, so that the text cannot be found again by writing the fix. */
    @Test
    void shouldKeepADocumentAtTheMarginInAReportThatIsReadBack() {
        Fix fix = ApplyManifest.of(Yaml.of("{apiVersion: v1, kind: Namespace, metadata: {name: ci}}")
                .commented("the namespace"));
        Report written = Remediation.inShell(unwritten().worded(finding -> finding.withFixes(List.of(fix))));
        Report read = new PreflightJson().read(new PreflightJson().tree(written));

        assertThat(new JUnitXml().render(read))
                .isEqualTo(new JUnitXml().render(written))
                .contains("\nEOF\n");
    }

    /** A sentence that happens to begin with the word is no alternative. */
    @Test
    void shouldKnowAnAlternativeByItsTypeBeforeItIsStored() {
        List<Fix> fixes = List.of(FIX, AskPerson.reader("or is not a word of a shell"), AskPerson.or("leave it"));
        Finding finding = Remediation.inShell(unwritten().findings().get(0).withFixes(fixes));

        assertThat(FixLines.of("", finding.fixTexts()))
                .containsExactly("# correct it", "# or is not a word of a shell", "or", "# leave it");
    }
}
