package io.jenkins.plugins.argopreflight.step;

import hudson.AbortException;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parameters of a step that select its cluster: names and ids, never a secret. */
public final class ClusterChoice implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String BLOCK_NAMESPACE = "blockNamespace";

    final String cluster;
    final String serverUrl;
    final String caCertificate;
    final boolean skipTlsVerify;
    final String credentialsId;
    final String kubeconfigCredentialsId;
    final String context;
    /**
     * The namespace of the {@code withArgoCluster} block that selects the cluster; null if the step selects it, and in
     * builds of earlier versions.
     */
    private final @Nullable String blockNamespace;

    /**
     * Creates the selection of a step.
     *
     * @param block the cluster of the block around the step, which applies if the step names no cluster
     */
    ClusterChoice(ClusterStep step, Optional<SurroundingCluster> block) {
        boolean named = !step.getCluster().isEmpty()
                || !step.getServerUrl().isEmpty()
                || !step.getKubeconfigCredentialsId().isEmpty();
        Optional<SurroundingCluster> chosen = block.filter(blockCluster -> !named);
        cluster = chosen.map(blockCluster -> blockCluster.cluster).orElseGet(step::getCluster);
        blockNamespace = chosen.map(blockCluster -> blockCluster.namespace).orElse(null);
        serverUrl = step.getServerUrl();
        caCertificate = step.getCaCertificate();
        skipTlsVerify = step.isSkipTlsVerify();
        credentialsId = step.getCredentialsId();
        kubeconfigCredentialsId = step.getKubeconfigCredentialsId();
        context = step.getContext();
    }

    private ClusterChoice(Map<String, String> map) {
        cluster = map.getOrDefault("cluster", "");
        serverUrl = map.getOrDefault("serverUrl", "");
        caCertificate = map.getOrDefault("caCertificate", "");
        skipTlsVerify = Boolean.parseBoolean(map.get("skipTlsVerify"));
        credentialsId = map.getOrDefault("credentialsId", "");
        kubeconfigCredentialsId = map.getOrDefault("kubeconfigCredentialsId", "");
        context = map.getOrDefault("context", "");
        blockNamespace = map.get(BLOCK_NAMESPACE);
    }

    /**
     * Creates the selection from a stored map.
     *
     * @param map the map, as {@link #toMap} returns it
     */
    public static ClusterChoice of(Map<String, String> map) {
        return new ClusterChoice(map);
    }

    /** Returns the selection as a map, for a file that other versions can read. */
    public Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>();
        map.put("cluster", cluster);
        map.put("serverUrl", serverUrl);
        map.put("caCertificate", caCertificate);
        map.put("skipTlsVerify", String.valueOf(skipTlsVerify));
        map.put("credentialsId", credentialsId);
        map.put("kubeconfigCredentialsId", kubeconfigCredentialsId);
        map.put("context", context);
        if (blockNamespace != null) {
            map.put(BLOCK_NAMESPACE, blockNamespace);
        }
        return map;
    }

    /** Returns the configured cluster that the step names; "" if it selects the cluster in another way. */
    public String name() {
        return cluster;
    }

    /** Returns the reason for the cluster, for the log: the step's parameter, or a block around the step. */
    String why() {
        return blockNamespace == null
                ? Messages.ClusterConnector_byParameter("cluster")
                : Messages.ClusterConnector_byBlock();
    }

    /** Returns the namespace of the block that selects the cluster; empty for the namespace of the cluster. */
    Optional<String> namespace() {
        return Optional.ofNullable(blockNamespace).filter(name -> !name.isEmpty());
    }

    /** Checks that the step has only one address, so that credentials for one cluster are not sent to another. */
    void check() throws AbortException {
        int addresses = (cluster.isEmpty() ? 0 : 1)
                + (serverUrl.isEmpty() ? 0 : 1)
                + (kubeconfigCredentialsId.isEmpty() ? 0 : 1);
        if (addresses > 1) {
            throw new AbortException(Messages.ClusterChoice_several());
        }
        if (!kubeconfigCredentialsId.isEmpty() && !credentialsId.isEmpty()) {
            throw new AbortException(Messages.ClusterChoice_twoLogins());
        }
        if (serverUrl.isEmpty() && (!caCertificate.isEmpty() || skipTlsVerify)) {
            throw new AbortException(Messages.ClusterChoice_tls());
        }
        if (serverUrl.isEmpty() && cluster.isEmpty() && !credentialsId.isEmpty()) {
            throw new AbortException(Messages.ClusterChoice_noCluster());
        }
    }
}
