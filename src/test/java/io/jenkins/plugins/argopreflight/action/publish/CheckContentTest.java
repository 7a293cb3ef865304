package io.jenkins.plugins.argopreflight.action.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.action.publish.CheckContent.Level;
import io.jenkins.plugins.argopreflight.action.publish.CheckContent.Note;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class CheckContentTest {

    private static CheckContent of(Report report, boolean details) {
        return CheckContent.of(new Publication(
                "argo-preflight",
                "Argo Preflight",
                "1 failure, 1 warning, 1 not checked",
                Verdict.FAILED,
                "1 finding at or above failOn FAIL: credential-rejected",
                report,
                "https://jenkins.example.com/job/a/1/argo-preflight/",
                details));
    }

    private static String all(CheckContent content) {
        return content.toString();
    }

    @Test
    void shouldPublishCountsAndChecksOnly() {
        CheckContent content = of(Preflights.full(), false);

        assertThat(content.text())
                .contains(
                        "| FAIL | credential-rejected | ", "| WARN | container-fs-group | ", "| NOTE | mutable-tag | ");
        assertThat(content.notes())
                .containsExactly(new Note(
                        "workflows/build.yaml",
                        12,
                        Level.WARNING,
                        "container-fs-group",
                        summary("container-fs-group"),
                        ""));
        assertThat(all(content))
                .doesNotContain("example.com/", "registry.example.com", "cluster.example.com", "regcred", "build-")
                .doesNotContain("ServiceAccount ci", "ci/default", "serviceaccount", "team", "says of", "ci/", "1000");
    }

    @Test
    void shouldPublishNoTextOfAManifest() {
        CheckContent content = of(Preflights.hostile(), false);

        assertThat(content.title() + content.summary() + content.text())
                .doesNotContain("script", "alert", "javascript");
        assertThat(content.notes())
                .singleElement()
                .extracting(Note::title, Note::message, Note::details)
                .containsExactly("credential-rejected", summary("credential-rejected"), "");
    }

    @Test
    void shouldCountWhatIsThereOftenAndNoteEachLineOnce() {
        CheckContent content = of(Preflights.many(20), false);

        assertThat(content.text()).containsPattern("credential-rejected \\| .* \\| 10 \\|");
        assertThat(content.notes()).hasSize(1);
    }

    @Test
    void shouldPublishDetailsWhereAnAdministratorAllowsThem() {
        CheckContent content = of(Preflights.full(), true);

        assertThat(content.text())
                .startsWith("Could not check the cluster: no answer within 10 s.")
                .doesNotContain("# Workflow build-")
                .contains("registry.example.com", "regcred");
        assertThat(content.notes()).singleElement().satisfies(note -> {
            assertThat(note.title()).isEqualTo("Something is wrong with Workflow build-");
            assertThat(note.message()).startsWith("Workflow ci/build-\n").contains("says of Workflow build-");
            assertThat(note.details()).contains("fsGroup: 1000");
        });
    }

    @Test
    void shouldNotRepeatItsTitleInItsSummary() {
        CheckContent passed = CheckContent.of(new Publication(
                "argo-preflight", "Argo Preflight", "nothing found", Verdict.PASSED, "", Preflights.green(), "", true));

        assertThat(passed.title()).isEqualTo("nothing found");
        assertThat(passed.summary()).isEqualTo("Workflow build-, 1 distinct pod: nothing found, ready to submit");
    }

    @Test
    void shouldSayThatThereIsNothing() {
        assertThat(of(Preflights.green(), false).text()).isEqualTo("No findings.\n");
    }

    private static String summary(String check) {
        List<CheckInfo> found = Preflight.checks().stream()
                .filter(info -> info.id().equals(check))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0).summary();
    }
}
