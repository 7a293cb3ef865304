package io.jenkins.plugins.argopreflight.credentials;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;

/**
 * The address of an API server, and the certificates that are accepted there.
 *
 * @param origin the name in messages, such as {@code cluster "prod"}
 * @param server the URL of the API server
 * @param authority PEM of the certificate authorities to trust; "" for those that Java trusts
 * @param skipTlsVerify whether any certificate is accepted
 */
public record ClusterAddress(String origin, String server, String authority, boolean skipTlsVerify) {

    /** Returns the endpoint at this address with a login. */
    public ClusterEndpoint endpoint(ClusterLogin login) {
        return ClusterEndpoint.of(origin, server, Trust.ofSetting(authority, skipTlsVerify, origin), login);
    }
}
