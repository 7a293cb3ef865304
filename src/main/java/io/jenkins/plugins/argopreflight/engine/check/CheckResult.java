package io.jenkins.plugins.argopreflight.engine.check;

import java.util.List;

/**
 * What one check came to.
 *
 * @param outcome the worst of its findings; PASS without any; SKIPPED when there was nothing to judge
 */
public record CheckResult(CheckInfo info, Outcome outcome, List<Finding> findings) {

    public CheckResult {
        findings = List.copyOf(findings);
    }
}
