package io.jenkins.plugins.argopreflight.engine.report;

import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.List;

/** A whole run in one word, and the exit code that says it. */
public enum RunResult {
    /** All is as asked, and every image can be pulled. */
    OK(0),
    /** Something was refused or failed, or an image cannot be pulled. */
    FAILED(1),
    /** All that was looked at is well, and something that was asked could not be checked. */
    UNCHECKED(3);

    private final int exitCode;

    RunResult(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** What pulls come to. */
    public static RunResult of(List<PullRow> pulls) {
        if (pulls.stream()
                .anyMatch(pull -> pull.verdict() != Verdict.OK && pull.verdict().isKnown())) {
            return FAILED;
        }
        return pulls.stream().allMatch(pull -> pull.verdict().isKnown()) ? OK : UNCHECKED;
    }
}
