package io.jenkins.plugins.argopreflight.engine.check;

import java.util.List;

/**
 * The result of one check.
 *
 * @param outcome the worst outcome of its findings; PASS without findings; SKIPPED if there was nothing to check
 */
public record CheckResult(CheckInfo info, Outcome outcome, List<Finding> findings) {

    public CheckResult {
        findings = List.copyOf(findings);
    }
}
