package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options for connections to registries. */
public final class RegistryOptions {

    @Option(
            names = "--registry-ca",
            order = 1,
            paramLabel = "FILE",
            description = "Trust these certificate authorities as well (PEM).")
    Path registryCa;

    @Option(
            names = "--insecure-registry",
            order = 2,
            paramLabel = "HOST",
            description = "Reach this registry without verifying its certificate, or by plain http; can be repeated.")
    List<String> insecure = new ArrayList<>();

    @Option(names = "--no-registry", order = 3, description = "Ask no registry: every answer is unknown.")
    boolean noRegistry;

    /**
     * Returns the settings of registries.
     *
     * @param env the environment, of which HTTPS_PROXY, HTTP_PROXY and NO_PROXY apply
     */
    public RegistrySettings settings(Map<String, String> env, RunOptions run) {
        RegistrySettings.Builder settings = RegistrySettings.builder();
        run.concurrency().ifPresent(settings::concurrency);
        run.timeout().ifPresent(settings::timeout);
        insecure.stream().filter(host -> host.contains("/")).findFirst().ifPresent(host -> {
            throw new UsageException(
                    "--insecure-registry takes HOST[:PORT], as in the image's name, without scheme and path");
        });
        insecure.forEach(settings::insecure);
        if (noRegistry) {
            settings.offline();
        }
        try {
            settings.environment(env);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        try {
            return registryCa == null
                    ? settings.build()
                    : settings.authority(registryCa).build();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--registry-ca: " + e.getMessage());
        }
    }
}
