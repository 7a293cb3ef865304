package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.offline.capture.DiagnosisContent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options for the content and the folder of a snapshot. */
public final class SnapshotOptions {

    @Option(
            names = {"-n", "--namespace"},
            order = 1,
            split = ",",
            paramLabel = "NS",
            description = "Namespaces in which workflows run, separated by commas.")
    List<String> namespaces = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            order = 2,
            paramLabel = "DIR",
            description = "The folder to write; it must not exist, or be empty.")
    Path folder;

    @Option(
            names = "--argo-namespace",
            order = 3,
            paramLabel = "NAMESPACE",
            description = "Where the workflow-controller runs. Default: argo.")
    String argoNamespace = "argo";

    @Option(
            names = {"-w", "--workflow"},
            order = 4,
            split = ",",
            paramLabel = "NAME",
            description = "Capture these workflows too, with their pods and events and the controller's log about them,"
                    + " to diagnose them without the cluster.")
    List<String> workflows = new ArrayList<>();

    @Option(
            names = "--logs",
            order = 5,
            description = "With the last lines of the logs of their containers; values of Secrets are masked, all else"
                    + " that a program writes is in them.")
    boolean logs;

    @Option(
            names = "--concurrency",
            order = 6,
            paramLabel = "N",
            description = "How many requests are under way at once. Default: 16.")
    Integer concurrency;

    @Option(
            names = "--timeout",
            order = 7,
            paramLabel = "SECONDS",
            description = "How long one request can take, and twice that with its retries. Default: 30.")
    Integer timeout;

    @ArgGroup(validate = false, exclusive = false)
    NodeCredentials nodes = new NodeCredentials();

    public List<String> namespaces() {
        List<String> names = namespaces.stream().map(String::strip).distinct().toList();
        if (names.isEmpty()) {
            throw new UsageException("no namespace: add -n NAMESPACE");
        }
        names.forEach(each -> NamespaceName.of("-n", each));
        return names;
    }

    /** Returns the additional content for a diagnosis. */
    public DiagnosisContent after() {
        if (logs && workflows.isEmpty()) {
            throw new UsageException("--logs needs the workflows whose logs are captured: add -w NAME");
        }
        return new DiagnosisContent(
                workflows.stream().map(String::strip).distinct().toList(), logs);
    }

    public Path folder() {
        if (folder == null || folder.toString().isEmpty()) {
            throw new UsageException("no folder to write: add -o DIR");
        }
        return folder;
    }

    public String argoNamespace() {
        return NamespaceName.of("--argo-namespace", argoNamespace);
    }

    /** Returns patterns of the images that nodes pull with their own credentials. */
    public List<String> nodeCredentials() {
        return nodes.patterns();
    }

    public Optional<Integer> concurrency() {
        return RunOptions.positive("--concurrency", concurrency, "");
    }

    public Optional<Duration> timeout() {
        return RunOptions.positive("--timeout", timeout, " second").map(Duration::ofSeconds);
    }
}
