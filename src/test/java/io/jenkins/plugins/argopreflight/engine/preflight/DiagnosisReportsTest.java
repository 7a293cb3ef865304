package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Consequence;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.Next;
import io.jenkins.plugins.argopreflight.engine.diagnose.Waiting;
import io.jenkins.plugins.argopreflight.engine.facts.change.Change;
import io.jenkins.plugins.argopreflight.engine.model.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.render.json.DiagnosisJson;
import io.jenkins.plugins.argopreflight.engine.render.page.DiagnosisHtml;
import io.jenkins.plugins.argopreflight.engine.render.page.DiagnosisMarkdown;
import io.jenkins.plugins.argopreflight.engine.render.text.DiagnosisText;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DiagnosisReportsTest {

    private static final Cause CAUSE = new Cause(
                    "image-not-found",
                    "Image registry.example.com/team/image:v9 does not exist",
                    new Cause.Subject("Workflow", "ci", "build-x7k2p", "main", "spec.templates[0].container.image"),
                    "The registry has no tag v9. The pod stays in ImagePullBackOff.",
                    true,
                    Next.RESUBMIT,
                    List.of("compile", "test"),
                    List.of(new Evidence(
                            "Pod ci/build-x7k2p", "waiting", "not\u001b[31m found <b>", "2026-11-25T11:06:24Z", 4)),
                    List.of(),
                    List.of())
            .withFixes(List.of(AskPerson.reader("name a tag that exists")));

    private static final Diagnosis DIAGNOSIS = Remediation.inShell(new Diagnosis(
            "build-x7k2p",
            "ci",
            "uid",
            "Running",
            "",
            List.of(CAUSE),
            List.of(new Consequence("main", "child 'compile' failed")),
            List.of(new Waiting("approve", "Suspended until it is resumed.", "")),
            List.of("pod build-x7k2p-1 is gone"),
            List.of(new Diagnosis.Unknown(
                    "events in namespace ci", "not allowed", "list events in namespace ci", false)),
            new Diagnosis.Cost(9, 2, 1500),
            "",
            List.of(),
            Set.of()));

    private static Diagnosis with(List<Cause> causes, boolean asked) {
        return Remediation.inShell(new Diagnosis(
                "b",
                "ci",
                "",
                "",
                "",
                causes,
                List.of(),
                List.of(),
                List.of(),
                List.of(new Diagnosis.Unknown("workflows", "not allowed", "", asked)),
                new Diagnosis.Cost(1, 0, 1),
                "",
                List.of(),
                Set.of()));
    }

    @Test
    void shouldReadBackWhatItWrites() {
        String json = new DiagnosisJson().render(DIAGNOSIS);
        Diagnosis read = new DiagnosisJson().read(json);
        assertThat(new DiagnosisJson().render(read)).isEqualTo(json);
        assertThat(read.causes().get(0).next()).isEqualTo(Next.RESUBMIT);
        assertThat(json).contains("\"next\" : \"resubmit\"", "\"kind\" : \"ask-person\"", "name a tag that exists");
    }

    /** A shell reads up to a line that begins with the end's word. */
    @Test
    void shouldShowAFixWithADocumentSoThatItCanBePasted() {
        Fix fix = ApplyManifest.of(Yaml.of("{apiVersion: v1, kind: Namespace, metadata: {name: ci}}"));
        String text = new DiagnosisText(Style.PLAIN).render(with(List.of(CAUSE.withFixes(List.of(fix))), false));

        assertThat(text).contains("\n" + Shell.text(fix) + "\n").contains("\nEOF\n");
    }

    @Test
    void shouldShowWhatChangedInEveryFormat() {
        Diagnosis changed = DIAGNOSIS.changedSince(
                "build #41 (the last that succeeded)",
                List.of(new Change("Secret", "ci", "regcred", "Secret ci/regcred was changed\u001b[31m <b>")));
        for (String text : List.of(
                new DiagnosisText(Style.PLAIN).render(changed),
                new DiagnosisMarkdown().render(changed),
                new DiagnosisHtml().render(changed),
                new DiagnosisJson().render(changed))) {
            assertThat(text)
                    .contains("build #41", "Secret ci/regcred was changed")
                    .doesNotContain("\u001b");
        }
        assertThat(new DiagnosisHtml().render(changed)).doesNotContain("<b>");
        assertThat(new DiagnosisJson().read(new DiagnosisJson().render(changed)).changedSince())
                .isEqualTo("build #41 (the last that succeeded)");
    }

    @Test
    void shouldSayThatNothingChanged() {
        Diagnosis same = DIAGNOSIS.changedSince("build #41 (the last that succeeded)", List.of());

        assertThat(new DiagnosisText(Style.PLAIN).render(same))
                .contains(
                        "Changed since build #41 (the last that succeeded)\n  Nothing that both runs read has changed.");
        assertThat(new DiagnosisJson().tree(same).path("changed").isArray()).isTrue();
    }

    @Test
    void shouldShowNothingOfAComparisonThatWasNotMade() {
        assertThat(new DiagnosisText(Style.PLAIN).render(DIAGNOSIS)).doesNotContain("hanged");
        assertThat(new DiagnosisJson().render(DIAGNOSIS)).doesNotContain("changed");
    }

    @Test
    void shouldEndInThreeOnlyWhenACauseMayBeHidden() {
        assertThat(with(List.of(), false).exitCode()).isZero();
        assertThat(with(List.of(), true).exitCode()).isEqualTo(3);
        assertThat(with(List.of(CAUSE), true).exitCode()).isEqualTo(1);
    }

    @Test
    void shouldShowTheCauseFirstInEveryFormatAndLetNothingAct() {
        List<String> texts = List.of(
                new DiagnosisText(Style.PLAIN).render(DIAGNOSIS),
                new DiagnosisMarkdown().render(DIAGNOSIS),
                new DiagnosisHtml().render(DIAGNOSIS),
                new DiagnosisJson().render(DIAGNOSIS));
        assertThat(texts)
                .allSatisfy(text -> assertThat(text)
                        .contains("does not exist", "compile", "approve", "is gone", "events in namespace ci")
                        .contains("11:06:24Z")
                        .doesNotContain("\u001b"));
        assertThat(texts.get(1)).doesNotContain("<b>");
        assertThat(texts.get(2)).doesNotContain("<b>");
        assertThat(texts.get(0)).contains("image-not-found, permanent", "4 times", "submit the workflow again");
    }
}
