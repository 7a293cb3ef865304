package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfigException;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfigFile;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import java.nio.file.Path;
import java.util.List;

/** The reader of {@code --docker-config}. Usable entries are returned, all others are listed on standard error. */
final class DockerConfigSource {

    private DockerConfigSource() {}

    static List<RegistryCredential> read(Path file, Terminal terminal) {
        DockerConfigFile config;
        try {
            config = DockerConfigFile.read(file);
        } catch (DockerConfigException e) {
            throw new UsageException("--docker-config: " + e.getMessage());
        }
        config.unusable().forEach(entry -> terminal.say("argo-preflight: not taken from " + file + ": " + entry));
        if (config.usable().isEmpty()) {
            throw new UsageException("--docker-config: " + file + " holds no credential that a cluster can use; give "
                    + "--registry HOST --username USER --password-stdin instead");
        }
        return config.usable();
    }
}
