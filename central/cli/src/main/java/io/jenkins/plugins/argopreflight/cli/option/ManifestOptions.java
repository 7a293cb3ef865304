package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** The options for manifests, and for the namespace of workflows that name none. */
public final class ManifestOptions {

    @Option(
            names = {"-f", "--filename"},
            order = 1,
            paramLabel = "FILE",
            description = "A manifest, several of them (-f workflows/*.yaml), a folder (with those below it), or - for"
                    + " standard input; can be given again. Templates, ConfigMaps and ServiceAccounts in them come"
                    + " before those of the cluster. What Helm has not rendered in a folder is left out, and reported.")
    List<String> files = new ArrayList<>();

    @Option(
            names = {"-n", "--namespace"},
            order = 2,
            paramLabel = "NAMESPACE",
            description = "Where the workflows run that do not say it. Default: the context's, else default.")
    String namespace = "";

    @Option(
            names = {"-p", "--parameter"},
            order = 3,
            paramLabel = "NAME=VALUE",
            description = "A value for a workflow parameter, as in argo submit; can be given again.")
    List<String> parameters = new ArrayList<>();

    @Option(
            names = "--parameter-file",
            order = 4,
            paramLabel = "FILE",
            description = "A YAML or JSON file with values for workflow parameters: one mapping of names to values."
                    + " -p comes before it.")
    String parameterFile = "";

    private Optional<Map<String, String>> values = Optional.empty();

    /** Returns the values of the submission by the name of the parameter. The file is read once. */
    public Map<String, String> parameters() {
        if (values.isEmpty()) {
            Map<String, String> found = new LinkedHashMap<>();
            if (!parameterFile.isEmpty()) {
                found.putAll(ParameterValues.inFile(parameterFile));
            }
            found.putAll(ParameterValues.of(parameters));
            values = Optional.of(found);
        }
        return values.get();
    }

    /** Returns all objects in the files, in their order. */
    public List<Document> read(Terminal terminal) {
        if (files.isEmpty()) {
            throw new UsageException("no manifest: add -f FILE, a folder, or - for standard input");
        }
        return ManifestFiles.read("-f", files, terminal, new ManifestReader());
    }

    /** Adds files that were given in another way. */
    public void add(List<String> more) {
        files.addAll(more);
    }

    public boolean isEmpty() {
        return files.isEmpty();
    }

    /**
     * Moves the files among other arguments to the manifests, since a shell expands {@code -f workflows/*.yaml} to
     * several arguments. Returns the remaining arguments.
     */
    public List<String> takeFiles(List<String> arguments) {
        Predicate<String> isFile = name -> !files.isEmpty() && Files.isRegularFile(Path.of(name));
        arguments.stream().filter(isFile).forEach(files::add);
        return arguments.stream().filter(isFile.negate()).toList();
    }

    /**
     * Returns the objects in the files, in their order; empty without files.
     *
     * @param reader the reader, which determines whether objects can be left out
     */
    public List<Document> readIfAny(Terminal terminal, ManifestReader reader) {
        return ManifestFiles.read("-f", files, terminal, reader);
    }

    /** Returns the namespace; empty for the default. */
    public Optional<String> namespace() {
        return Optional.of(namespace).filter(name -> !name.isEmpty()).map(name -> NamespaceName.of("-n", name));
    }
}
