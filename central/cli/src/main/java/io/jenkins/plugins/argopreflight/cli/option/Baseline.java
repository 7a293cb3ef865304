package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.Gate;
import io.jenkins.plugins.argopreflight.engine.Report;
import io.jenkins.plugins.argopreflight.engine.report.PreflightJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The findings of an earlier report: only others count. */
final class Baseline {

    private final String file;
    private final Set<String> ids;

    private Baseline(String file, Set<String> ids) {
        this.file = file;
        this.ids = ids;
    }

    /** @throws UsageException when it is no report of this version */
    static Baseline read(Path file) {
        try {
            return new Baseline(
                    file.toString(),
                    Set.copyOf(new PreflightJson().read(Files.readString(file)).ids()));
        } catch (IOException e) {
            throw new UsageException("--baseline " + file + ": the file cannot be read");
        } catch (IllegalArgumentException e) {
            throw new UsageException("--baseline " + file + ": " + e.getMessage());
        }
    }

    Report without(Report report, Gate gate) {
        return report.ignoring(ids, "in the baseline " + file, gate);
    }
}
