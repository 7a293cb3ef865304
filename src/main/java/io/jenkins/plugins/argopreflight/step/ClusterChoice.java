package io.jenkins.plugins.argopreflight.step;

import hudson.AbortException;
import java.io.Serializable;

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

    /** The configured cluster that the step names; "" when it takes another way. */
    public String name() {
        return cluster;
    }

    /** One address at a time, so that nobody sends one cluster's credential to another. */
    void check() throws AbortException {
        int addresses = (cluster.isEmpty() ? 0 : 1)
                + (serverUrl.isEmpty() ? 0 : 1)
                + (kubeconfigCredentialsId.isEmpty() ? 0 : 1);
        if (addresses > 1) {
            throw new AbortException(
                    "cluster, serverUrl and kubeconfigCredentialsId exclude each other: each of them says which cluster");
        }
        if (!kubeconfigCredentialsId.isEmpty() && !credentialsId.isEmpty()) {
            throw new AbortException("kubeconfigCredentialsId holds its own login: leave out credentialsId");
        }
        if (serverUrl.isEmpty() && (!caCertificate.isEmpty() || skipTlsVerify)) {
            throw new AbortException(
                    "caCertificate and skipTlsVerify belong to serverUrl; those of a cluster are in its"
                            + " configuration");
        }
        if (serverUrl.isEmpty() && cluster.isEmpty() && !credentialsId.isEmpty()) {
            throw new AbortException("credentialsId belongs to serverUrl or cluster: say which cluster they are for");
        }
    }
}
