package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.DockerConfigException;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ImagePatterns;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option for images that nodes pull without pull Secrets. */
public final class NodeCredentials {

    @Option(
            names = "--node-credentials",
            order = 8,
            split = ",",
            paramLabel = "HOST",
            description =
                    "Registries for which the nodes have credentials of their own, as in the kubelet's matchImages,"
                            + " such as '*.dkr.ecr.*.amazonaws.com': their images need no pull Secret. Can be given again.")
    List<String> patterns = new ArrayList<>();

    public List<String> patterns() {
        try {
            ImagePatterns.of(patterns);
        } catch (DockerConfigException e) {
            throw new UsageException("--node-credentials: " + e.getMessage());
        }
        return patterns;
    }
}
