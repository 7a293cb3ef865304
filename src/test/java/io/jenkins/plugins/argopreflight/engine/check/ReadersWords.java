package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.fix.Groovy;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflights;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.json.VisibleReport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A step shows its own parameters, and words of the command line only in a command after the step that does the same; the
 * command line shows no words of a step.
 */
final class ReadersWords {

    /** Steps check no snapshot. */
    private static final Pattern COMMAND_LINE = Pattern.compile(
            "argo-preflight (?!snapshot)[a-z]|(?<![\\w-])--(argo|controller|node|insecure|registry)-[a-z]+");

    private static final Pattern STEP = Pattern.compile(
            "argoRegistrySecret|Jenkins|\\b(argoVersion|nodeCredentials|argoNamespace|kubeconfigCredentialsId)\\b");

    private ReadersWords() {}

    /** Fails where a finding shows one reader the words of the other's tool. */
    static void assertIn(Finding finding) {
        assertNone(STEP, finding);
        Report report = Preflights.full().worded(any -> finding);
        Finding inStep = VisibleReport.inStep(Remediation.inStep(report, "prod"))
                .findings()
                .get(0);
        assertNone(
                COMMAND_LINE,
                inStep.withRemediation(inStep.fixes().stream()
                        .flatMap(fix -> Groovy.inStep(fix, "prod").stream())
                        .filter(text -> !text.text().startsWith("# or, in a shell:"))
                        .toList()));
    }

    private static void assertNone(Pattern words, Finding shown) {
        String text = shown.message() + String.join("\n", shown.remediation());
        assertThat(words.matcher(text).results().map(MatchResult::group))
                .as(text)
                .isEmpty();
    }
}
