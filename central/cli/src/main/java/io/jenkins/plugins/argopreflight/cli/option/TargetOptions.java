package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.sync.plan.ObjectName;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options for the Secret, its namespaces and its ServiceAccounts. */
public final class TargetOptions {

    @Option(names = "--name", order = 1, paramLabel = "SECRET", description = "The Secret's name.")
    String name;

    @Option(
            names = {"-n", "--namespace"},
            order = 2,
            split = ",",
            paramLabel = "NS",
            description = "Namespaces: names or globs ('ci-*'), separated by commas.")
    List<String> namespaces = new ArrayList<>();

    @Option(
            names = "--namespace-selector",
            order = 3,
            paramLabel = "LABELS",
            description = "Every namespace with these labels as well, such as team=build.")
    String namespaceSelector = "";

    @Option(
            names = "--service-account",
            order = 4,
            split = ",",
            paramLabel = "SA",
            description = "The ServiceAccounts whose pods shall pull with it: those that the workflows really run as.")
    List<String> serviceAccounts = new ArrayList<>();

    public String name() {
        if (name == null) {
            throw new UsageException("no Secret named: add --name SECRET");
        }
        check("--name", "Secret", name);
        return name;
    }

    /**
     * Returns names and globs of namespaces. Throws a {@link UsageException} if there is neither a name nor a selector.
     */
    public List<String> namespaces() {
        if (namespaces.isEmpty() && namespaceSelector.isEmpty()) {
            throw new UsageException("no namespace: add -n NAMESPACE or --namespace-selector LABELS");
        }
        return trimmed("-n", "Namespace", namespaces);
    }

    public String namespaceSelector() {
        return namespaceSelector;
    }

    public List<String> serviceAccounts() {
        return trimmed("--service-account", "ServiceAccount", serviceAccounts);
    }

    private static List<String> trimmed(String option, String kind, List<String> values) {
        List<String> trimmed = values.stream().map(String::strip).distinct().toList();
        if (trimmed.contains("")) {
            throw new UsageException(option + " has an empty name in its list: write " + option + " a,b");
        }
        trimmed.forEach(value -> check(option, kind, value));
        return trimmed;
    }

    private static void check(String option, String kind, String name) {
        ObjectName.problem(kind, name).ifPresent(problem -> {
            throw new UsageException(option + " " + name + ": " + problem);
        });
    }
}
