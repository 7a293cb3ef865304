package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.change.StateComparison;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.report.Gate;
import io.jenkins.plugins.argopreflight.engine.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** An earlier report: only findings that it does not have count, and what changed since is shown. */
public final class Baseline {

    private final String file;
    private final Report earlier;

    private Baseline(String file, Report earlier) {
        this.file = file;
        this.earlier = earlier;
    }

    /** @throws UsageException when it is no report of this version */
    static Baseline read(Path file) {
        try {
            return new Baseline(file.toString(), new PreflightJson().read(Files.readString(file)));
        } catch (IOException e) {
            throw new UsageException("--baseline " + file + ": the file cannot be read");
        } catch (IllegalArgumentException e) {
            throw new UsageException("--baseline " + file + ": " + e.getMessage());
        }
    }

    Report without(Report report, Gate gate) {
        return report.ignoring(Set.copyOf(earlier.allIds()), "in the baseline " + file, gate);
    }

    /**
     * Whether something can be compared with it.
     *
     * @throws UsageException when it is of another cluster, or recorded nothing
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

    /** The diagnosis with what changed since the report. */
    public Diagnosis compared(Diagnosis diagnosis, RecordedState now) {
        StateComparison comparison = StateComparison.of(earlier.recorded(), now);
        return comparison.compared() == 0
                ? diagnosis
                : diagnosis.changedSince("the report " + file, comparison.changes());
    }
}
