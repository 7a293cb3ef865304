package io.jenkins.plugins.argopreflight.step;

import hudson.AbortException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/** Which cluster a step shall work on, as its parameters say it: names and ids, never a secret. */
public final class ClusterChoice implements Serializable {

    private static final long serialVersionUID = 1L;

    final String cluster;
    final String serverUrl;
    final String caCertificate;
    final boolean skipTlsVerify;
    final String credentialsId;
    final String kubeconfigCredentialsId;
    final String context;

    ClusterChoice(ClusterStep step) {
        cluster = step.getCluster();
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
    }

    /** @param map as {@link #toMap} made it */
    public static ClusterChoice of(Map<String, String> map) {
        return new ClusterChoice(map);
    }

    /** For a file that another version can read. */
    public Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>();
        map.put("cluster", cluster);
        map.put("serverUrl", serverUrl);
        map.put("caCertificate", caCertificate);
        map.put("skipTlsVerify", String.valueOf(skipTlsVerify));
        map.put("credentialsId", credentialsId);
        map.put("kubeconfigCredentialsId", kubeconfigCredentialsId);
        map.put("context", context);
        return map;
    }

    /** The configured cluster that the step names; "" when it takes another way. */
    public String name() {
        return cluster;
    }

    /** One address at a time, so that no one sends one cluster's credential to another. */
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
