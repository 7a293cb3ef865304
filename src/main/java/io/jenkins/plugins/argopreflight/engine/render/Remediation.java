package io.jenkins.plugins.argopreflight.engine.render;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.model.fix.Groovy;
import io.jenkins.plugins.argopreflight.engine.model.fix.Option;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The writer of the texts of fixes. Checks and diagnoses leave these texts out. An entry point calls this class once, on
 * the whole report or diagnosis, before it is rendered or stored: a finding whose texts are not written throws then.
 */
public final class Remediation {

    private Remediation() {}

    /** Returns the report with its fixes written for a shell. */
    public static Report inShell(Report report) {
        return report.worded(Remediation::inShell, Remediation::inShell);
    }

    /**
     * Returns the report with its fixes written for readers of a step's output. The fixes of suppressed findings are
     * written for a shell.
     *
     * @param cluster the name of the configured cluster; {@code ""} if the step connects in another way
     */
    public static Report inStep(Report report, String cluster) {
        return report.worded(
                finding -> finding.withRemediation(finding.fixes().stream()
                        .flatMap(fix -> Groovy.inStep(fix, cluster).stream())
                        .toList()),
                Remediation::inShell);
    }

    /** Returns the diagnosis with its fixes written for a shell. */
    public static Diagnosis inShell(Diagnosis diagnosis) {
        return diagnosis.worded(UnaryOperator.identity(), fix -> List.of(Shell.fixText(fix)));
    }

    /**
     * Returns the diagnosis with its fixes written for readers of a step's output, and with the parameters of steps
     * instead of options in its texts.
     *
     * @param cluster the name of the configured cluster; {@code ""} if the step connects in another way
     */
    public static Diagnosis inStep(Diagnosis diagnosis, String cluster) {
        return diagnosis.worded(Option::inStep, fix -> Groovy.inStep(fix, cluster));
    }

    /** Returns the finding with its fixes written for a shell. */
    public static Finding inShell(Finding finding) {
        return finding.withRemediation(
                finding.fixes().stream().map(Shell::fixText).distinct().toList());
    }
}
