package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.offline.registry.RegistrySnapshot;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options for the source of registries' answers: live registries, or a file. */
public final class RegistrySourceOptions {

    @Option(
            names = "--registry-config",
            order = 4,
            paramLabel = "FILE",
            description = "Ask no registry but this file, which says what they would answer. Default: registry.yaml of"
                    + " --cluster DIR when there is one.")
    Path config;

    @ArgGroup(validate = false, exclusive = false)
    NodeCredentials nodes = new NodeCredentials();

    @ArgGroup(validate = false, exclusive = false)
    RegistryOptions options = new RegistryOptions();

    /** Returns patterns of the images that nodes pull with their own credentials. */
    public List<String> nodeCredentials() {
        return nodes.patterns();
    }

    /** Returns whether the checks of images are requested. */
    public boolean isAsked() {
        return !options.noRegistry;
    }

    /**
     * Opens the source, without a request.
     *
     * @param snapshot the folder that is given as the cluster
     * @throws io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException if the structure of the file is wrong
     */
    public Registry open(Map<String, String> env, RunOptions run, Optional<Path> snapshot) {
        RegistrySettings settings = options.settings(env, run);
        if (config != null && options.noRegistry) {
            throw new UsageException("--no-registry: leave out --registry-config");
        }
        Optional<Path> file = Optional.ofNullable(config).or(() -> snapshot.flatMap(RegistrySnapshot::find));
        if (file.isEmpty() || options.noRegistry) {
            return new RegistryProbe(settings);
        }
        try {
            return RegistrySnapshot.read(file.get(), settings);
        } catch (IOException e) {
            String reason = e instanceof NoSuchFileException ? "there is no such file" : "it cannot be read";
            throw new UsageException("--registry-config " + file.get() + ": " + reason);
        }
    }
}
