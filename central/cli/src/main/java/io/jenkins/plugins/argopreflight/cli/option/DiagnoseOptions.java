package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for the workflow to diagnose, and for waiting. */
public final class DiagnoseOptions {

    @Option(
            names = {"-n", "--namespace"},
            order = 1,
            paramLabel = "NAMESPACE",
            description = "Where the workflow runs. Default: the context's namespace.")
    String namespace;

    @Option(
            names = {"-l", "--selector"},
            order = 2,
            paramLabel = "LABELS",
            description = "Find the workflow by labels instead: of several, the newest that did not succeed.")
    String labels = "";

    @Option(names = "--logs", order = 3, description = "Read and show the last lines of containers that failed.")
    boolean logs;

    @Option(
            names = {"-w", "--wait"},
            order = 4,
            description = "Wait until the workflow has ended or a cause is permanent, so that waiting does not help.")
    boolean wait;

    @Option(
            names = "--wait-minutes",
            order = 5,
            paramLabel = "N",
            description = "Wait, and at most so many minutes. Default: no limit.")
    Integer minutes;

    @Option(
            names = "--no-end-early",
            order = 6,
            description = "Wait, and until the workflow has ended even when a cause is permanent.")
    boolean noEndEarly;

    @Option(
            names = "--baseline",
            order = 7,
            paramLabel = "FILE",
            description = "Show what changed since this report, which check -o json wrote when the workflow succeeded.")
    Path baseline;

    /**
     * Returns the namespace.
     *
     * @param context the context's namespace
     */
    public String namespace(String context) {
        return namespace == null ? context : NamespaceName.of("-n", namespace);
    }

    /** Returns the label selector; "" for none. */
    public String labels() {
        return labels;
    }

    /** Returns the report for the comparison. */
    public Optional<Baseline> baseline() {
        return Optional.ofNullable(baseline).map(Baseline::read);
    }

    /** Returns the source of container logs. */
    public LogSource logs() {
        return logs ? LogSource.read("--logs") : LogSource.unread("--logs");
    }

    public boolean isWaiting() {
        return wait || minutes != null || noEndEarly;
    }

    /** Returns whether a permanent cause ends the wait. */
    public boolean endsEarly() {
        return !noEndEarly;
    }

    /** Returns the maximum time of the wait; empty for no limit. */
    public Optional<Duration> limit() {
        return RunOptions.positive("--wait-minutes", minutes, " minute").map(Duration::ofMinutes);
    }
}
