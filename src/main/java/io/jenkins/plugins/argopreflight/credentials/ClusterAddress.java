package io.jenkins.plugins.argopreflight.credentials;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin;

/**
 * Where an API server is, and how it proves that it is the one.
 *
 * @param origin what messages call it, such as {@code cluster "prod"}
 * @param server its URL
 * @param authority PEM of whom to trust; "" for the authorities that Java trusts
 * @param skipTlsVerify whether its certificate does not matter
 */
public record ClusterAddress(String origin, String server, String authority, boolean skipTlsVerify) {

    /** This address with a login. */
    public ClusterEndpoint endpoint(ClusterLogin login) {
        return ClusterEndpoint.of(origin, server, Trust.ofSetting(authority, skipTlsVerify, origin), login);
    }
}
