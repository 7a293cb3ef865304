package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.List;
import java.util.Optional;

/** The result of a run, with its exit code. */
public enum RunResult {
    /**
     * The result if nothing was refused or failed, all images can be pulled, and all requested facts were checked.
     */
    OK(0),
    /** The result if something was refused or failed, or an image cannot be pulled. */
    FAILED(1),
    /** The result if no problem was found, but a requested fact could not be checked. */
    UNCHECKED(3);

    private final int exitCode;

    RunResult(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    /** Returns the result with a label, such as {@code ok}. */
    public static Optional<RunResult> ofLabel(String label) {
        return Label.find(RunResult.class, label);
    }

    /** Returns the result of pulls. */
    public static RunResult of(List<PullRow> pulls) {
        if (pulls.stream()
                .anyMatch(pull -> pull.verdict() != Verdict.OK && pull.verdict().isKnown())) {
            return FAILED;
        }
        return pulls.stream().allMatch(pull -> pull.verdict().isKnown()) ? OK : UNCHECKED;
    }
}
