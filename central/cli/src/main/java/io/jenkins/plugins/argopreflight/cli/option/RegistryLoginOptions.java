package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.Terminal;
import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options for a registry and its credentials. The group can be repeated for each registry. */
public final class RegistryLoginOptions {

    @Option(
            names = "--registry",
            order = 1,
            paramLabel = "HOST",
            description = "The registry, as in the image's name; for Docker Hub docker.io.")
    String registry;

    @Option(names = "--username", order = 2, paramLabel = "USER", description = "The user or robot name.")
    String username;

    @Option(names = "--password-stdin", order = 3, description = "Read the password or token from standard input.")
    boolean passwordStdin;

    @Option(
            names = "--password-file",
            order = 4,
            paramLabel = "FILE",
            description = "Read it from a file; one newline at its end is not part of it.")
    Path passwordFile;

    @Option(
            names = "--password-env",
            order = 5,
            paramLabel = "VARIABLE",
            description = "Read it from an environment variable, given by its name.")
    String passwordEnv;

    @Option(names = "--email", order = 6, paramLabel = "EMAIL", description = "Stored beside it; seldom needed.")
    String email = "";

    RegistryCredential read(Terminal terminal) {
        if (registry == null) {
            throw new UsageException("--username, --password-… and --email belong to a registry: add --registry HOST");
        }
        if (username == null) {
            throw new UsageException("--registry " + registry + " has no user name: add --username USER");
        }
        int sources = (passwordStdin ? 1 : 0) + (passwordFile == null ? 0 : 1) + (passwordEnv == null ? 0 : 1);
        if (sources != 1) {
            throw new UsageException("--registry " + registry + " has " + (sources == 0 ? "no password" : "several")
                    + ": give one of --password-stdin, --password-file FILE, --password-env VARIABLE");
        }
        PasswordSource source = new PasswordSource(terminal, registry);
        if (passwordStdin) {
            return credential(source, source.stdin(), "stdin");
        }
        return passwordFile != null
                ? credential(source, source.file(passwordFile), "file:" + passwordFile.getFileName())
                : credential(source, source.variable(passwordEnv), "env:" + passwordEnv);
    }

    private RegistryCredential credential(PasswordSource source, String value, String id) {
        return new RegistryCredential(registry, username, source.checked(value), email, id);
    }
}
