package io.jenkins.plugins.argopreflight.step.preflight;

import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.fix.Groovy;
import io.jenkins.plugins.argopreflight.engine.fix.Shell;
import java.util.stream.Stream;

/** Before each command that writes credentials, the step that does the same from a Jenkinsfile. */
final class StepRemedies {

    private final String cluster;

    /** @param cluster the configured one's name; "" when the step took another way to it */
    StepRemedies(String cluster) {
        this.cluster = cluster;
    }

    Report in(Report report) {
        return report.worded(finding ->
                finding.written(fix -> Stream.concat(Groovy.step(fix, cluster).stream(), Stream.of(Shell.text(fix)))
                        .toList()));
    }
}
