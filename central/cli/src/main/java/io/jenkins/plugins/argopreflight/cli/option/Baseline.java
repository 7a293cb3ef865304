package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.facts.change.StateComparison;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * An earlier report for comparisons: only findings that it does not have count, and a diagnosis shows the changes since
 * then.
 */
public final class Baseline {

    private final String file;
    private final Report earlier;

    private Baseline(String file, Report earlier) {
        this.file = file;
        this.earlier = earlier;
    }

    /**
     * Reads a report.
     *
     * @throws UsageException if it is not a report of this version
     */
    static Baseline read(Path file) {
        try {
            return new Baseline(file.toString(), new PreflightJson().read(Files.readString(file)));
        } catch (IOException e) {
            throw new UsageException("--baseline " + file + ": the file cannot be read");
        } catch (IllegalArgumentException e) {
            throw new UsageException("--baseline " + file + ": " + e.getMessage());
        }
    }

    /** Returns the report without the findings of the baseline. */
    Report without(Report report, Gate gate) {
        return report.suppressing(Set.copyOf(earlier.allIds()), "in the baseline " + file, gate);
    }

    /**
     * Checks that the state of a cluster can be compared with the baseline.
     *
     * @throws UsageException if it is a report of another cluster, or has no recorded state
     */
    public void check(String cluster) {
        RecordedState recorded = earlier.recorded();
        if (recorded.isEmpty()) {
            throw new UsageException("--baseline " + file
                    + ": it recorded nothing to compare with; write it again with argo-preflight check -o json");
        }
        if (!recorded.cluster().equals(cluster)) {
            throw new UsageException("--baseline " + file + ": it is a report of cluster \"" + recorded.cluster()
                    + "\", and this is \"" + cluster + "\"");
        }
    }

    /** Adds the changes since the baseline to a diagnosis. */
    public Diagnosis compared(Diagnosis diagnosis, RecordedState current) {
        StateComparison comparison = StateComparison.of(earlier.recorded(), current);
        return comparison.compared() == 0
                ? diagnosis
                : diagnosis.changedSince("the report " + file, comparison.changes());
    }
}
