package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for registry credentials: a docker configuration, or logins for single registries. */
public final class CredentialOptions {

    /** The option for a file, which has its own section in the help. */
    static final class FromFile {
        @Option(
                names = "--docker-config",
                paramLabel = "FILE",
                description = "Take them from a docker configuration such as ~/.docker/config.json; entries that a "
                        + "cluster cannot use are listed with the reason.")
        Path dockerConfig;
    }

    @ArgGroup(validate = false, exclusive = false, order = 20, heading = "%nCredentials from a file:%n")
    FromFile fromFile = new FromFile();

    @ArgGroup(
            exclusive = false,
            multiplicity = "0..*",
            order = 21,
            heading = "%nCredentials, registry by registry (repeat these for each):%n")
    List<RegistryLoginOptions> logins = new ArrayList<>();

    @Mixin
    PasswordByArgument never;

    public boolean isGiven() {
        return fromFile.dockerConfig != null || !logins.isEmpty();
    }

    /** Reads the credentials. The error for unusable credentials contains no password. */
    public List<RegistryCredential> read(Terminal terminal) {
        if (fromFile.dockerConfig != null && !logins.isEmpty()) {
            throw new UsageException("--docker-config and --registry exclude each other: run sync once for each");
        }
        if (logins.stream().filter(login -> login.passwordStdin).count() > 1) {
            throw new UsageException(
                    "--password-stdin serves one registry: use --password-file or --password-env " + "for the others");
        }
        if (fromFile.dockerConfig != null) {
            return DockerConfigSource.read(fromFile.dockerConfig, terminal);
        }
        return logins.stream().map(login -> login.read(terminal)).toList();
    }
}
