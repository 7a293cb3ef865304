package io.jenkins.plugins.argopreflight.engine.render.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.SmallestRole;
import io.jenkins.plugins.argopreflight.engine.model.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.render.Style;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Instruction;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Problem;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The texts with lines that must begin at the margin: these lines begin there, so that the texts can be pasted. */
@ExtendWith(InRun.class)
class PastedDocumentTest {

    private static final CheckInfo CHECK =
            new CheckInfo("some-check", "Something", Severity.ERROR, Topic.IMAGES).needing(Need.SECRETS);

    /** A shell reads up to a line that is EOF. */
    @Test
    void shouldShowTheDocumentOfWhatCouldNotBeChecked() {
        Fix fix = ApplyManifest.of(Yaml.of("{apiVersion: v1, kind: Namespace, metadata: {name: ci}}"));
        Finding finding = Finding.unknown(CHECK, Subject.of("Secret", "ci", "regcred", ""), "It could not be read.")
                .fix(fix)
                .withRemediation(List.of(Shell.fixText(fix)));
        String text = new PreflightText(Style.PLAIN).render(Preflights.of(List.of(finding), RunResult.OK));

        assertThat(text).contains("\n" + finding.remediation().get(0) + "\n").contains("\nEOF\n");
    }

    /** Three dashes separate documents only at the margin. */
    @Test
    void shouldShowTheRoleAndItsBindingOfASync() {
        String role = SmallestRole.yaml(List.of(Right.of("get", "", "secrets", "ci")), "bot");
        List<String> lines = new NamespaceLines(Style.PLAIN, false)
                .lines(List.of(new NamespaceOutcome(
                        "ci",
                        Status.REFUSED,
                        List.of(),
                        Problem.NONE,
                        List.of(Instruction.documents(role)),
                        List.of(),
                        List.of())));

        assertThat(role).contains("\n---\n");
        assertThat(String.join("\n", lines) + "\n").endsWith("\n" + role);
    }
}
