package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options for the submission and for following the workflow, with the names of {@code argo submit}. */
public final class SubmitOptions {

    @Option(
            names = "--from",
            order = 1,
            paramLabel = "KIND/NAME",
            description = "Submit what is in the cluster: workflowtemplate, clusterworkflowtemplate or cronworkflow.")
    String from = "";

    @Option(names = "--name", order = 2, paramLabel = "NAME", description = "Override metadata.name.")
    String name = "";

    @Option(
            names = "--generate-name",
            order = 3,
            paramLabel = "PREFIX",
            description = "Override metadata.generateName.")
    String generateName = "";

    @Option(
            names = {"-l", "--labels"},
            order = 4,
            paramLabel = "NAME=VALUE[,…]",
            description = "Labels to add to the workflow or to replace; can be given again.")
    List<String> labels = new ArrayList<>();

    @Option(
            names = {"-w", "--wait"},
            order = 5,
            description = "Wait until the workflow has ended, and exit as it did.")
    boolean wait;

    @Option(names = "--log", order = 6, description = "Wait, and print the logs of its containers too.")
    boolean log;

    @Option(
            names = "--executor-log",
            order = 6,
            description = "Print also the lines that Argo's executor writes into these logs (argo=true).")
    boolean executorLog;

    @Option(
            names = "--on-abort",
            order = 7,
            paramLabel = "ACTION",
            description =
                    "What happens to the workflow on Ctrl-C while waiting, and when it cannot go on: stop (exit handlers"
                            + " run; terminate follows after 30 s), terminate, or leave. Default: stop.")
    String onAbort = "stop";

    @Option(names = "--no-preflight", order = 8, description = "Submit without a preflight.")
    boolean noPreflight;

    @Option(
            names = "--archive-outputs",
            order = 9,
            paramLabel = "NAME[,…]",
            split = ",",
            description =
                    "Wait, and copy these output artifacts of a workflow that succeeded into --archive-dir, all or"
                            + " none: their names, or NODE/NAME. Needs --argo-server.")
    List<String> archiveOutputs = new ArrayList<>();

    @Option(
            names = "--archive-dir",
            order = 10,
            paramLabel = "DIR",
            description = "Where they go, as WORKFLOW/NODE/NAME. Default: argo-outputs.")
    Path archiveDir = Path.of("argo-outputs");

    public String from() {
        return from;
    }

    public String name() {
        return name;
    }

    public String generateName() {
        return generateName;
    }

    public boolean isWaiting() {
        return wait || isLogging() || !archiveOutputs.isEmpty();
    }

    public boolean isLogging() {
        return log || executorLog;
    }

    /** Returns whether lines of Argo's executor are shown too. */
    public boolean isExecutorLogging() {
        return executorLog;
    }

    public List<String> archiveOutputs() {
        return archiveOutputs;
    }

    public Path archiveDir() {
        return archiveDir;
    }

    public boolean isPreflight() {
        return !noPreflight;
    }

    /** Returns the shutdown after an abort; empty to let the workflow continue. */
    public Optional<Shutdown> onAbort() {
        return switch (onAbort) {
            case "stop" -> Optional.of(Shutdown.STOP);
            case "terminate" -> Optional.of(Shutdown.TERMINATE);
            case "leave" -> Optional.empty();
            default -> throw new UsageException("--on-abort " + onAbort + ": one of stop, terminate, leave is needed");
        };
    }

    public Map<String, String> labels() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String list : labels) {
            for (String each : list.split(",")) {
                int equals = each.indexOf('=');
                if (equals < 1) {
                    throw new UsageException("-l " + each + ": expected NAME=VALUE");
                }
                values.put(
                        each.substring(0, equals).strip(),
                        each.substring(equals + 1).strip());
            }
        }
        return values;
    }
}
