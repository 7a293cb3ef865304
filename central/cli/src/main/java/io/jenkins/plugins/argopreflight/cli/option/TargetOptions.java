package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which Secret, in which namespaces, for which ServiceAccounts. */
public final class TargetOptions {

    /** RFC 1123's subdomain, as Kubernetes names objects. */
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private static final int MAX_NAME = 253;

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
        if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            throw new UsageException("--name " + name + ": no Secret can be called that; lower-case letters, digits, -"
                    + " and . are allowed, with a letter or digit at both ends, " + MAX_NAME + " in all");
        }
        return name;
    }

    /** Names and globs as given; a UsageException when there is neither a name nor a selector. */
    public List<String> namespaces() {
        if (namespaces.isEmpty() && namespaceSelector.isEmpty()) {
            throw new UsageException("no namespace: add -n NAMESPACE or --namespace-selector LABELS");
        }
        return trimmed("-n", namespaces);
    }

    public String namespaceSelector() {
        return namespaceSelector;
    }

    public List<String> serviceAccounts() {
        return trimmed("--service-account", serviceAccounts);
    }

    static List<String> trimmed(String option, List<String> values) {
        List<String> trimmed = values.stream().map(String::strip).distinct().toList();
        if (trimmed.contains("")) {
            throw new UsageException(option + " has an empty name in its list: write " + option + " a,b");
        }
        return trimmed;
    }
}
