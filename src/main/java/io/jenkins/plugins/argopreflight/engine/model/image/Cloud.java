package io.jenkins.plugins.argopreflight.engine.model.image;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A cloud with registries that accept the identity of its own machines and pods, and the nodes that it runs.
 *
 * @see <a href="https://github.com/google/go-containerregistry/tree/main/pkg/authn/k8schain">k8schain</a>, by which
 *     Argo's controller logs in to them
 */
public enum Cloud {
    AWS(
            "ECR",
            "aws://",
            "\\d+\\.dkr[.-]ecr(-fips)?\\.[a-z0-9-]+\\.(amazonaws\\.com(\\.cn)?|on\\.aws)|public\\.ecr\\.aws"),
    GOOGLE("Artifact Registry", "gce://", "([a-z0-9-]+\\.)*(gcr\\.io|pkg\\.dev)"),
    AZURE("ACR", "azure://", "[a-z0-9-]+\\.azurecr\\.(io|cn|de|us)");

    private final String registry;
    private final String nodes;
    private final Pattern hosts;

    Cloud(String registry, String nodes, String hosts) {
        this.registry = registry;
        this.nodes = nodes;
        this.hosts = Pattern.compile(hosts);
    }

    /** Returns the cloud that runs the registry of a host. */
    public static Optional<Cloud> ofRegistry(String host) {
        return Stream.of(values())
                .filter(cloud -> cloud.hosts.matcher(host).matches())
                .findFirst();
    }

    /** Returns whether a node is a machine of this cloud, by the node's {@code spec.providerID}. */
    public boolean runs(String providerId) {
        return providerId.startsWith(nodes);
    }

    /** The name of the cloud's registry. */
    public String registry() {
        return registry;
    }
}
