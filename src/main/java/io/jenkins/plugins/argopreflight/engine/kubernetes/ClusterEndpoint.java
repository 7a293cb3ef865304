package io.jenkins.plugins.argopreflight.engine.kubernetes;

import java.util.List;

/**
 * An API server and the login there. Every value is in memory: for an endpoint no file is read, no program is run and
 * no environment variable counts, so it can be built from untrusted content.
 *
 * @param origin the name in messages, such as {@code cluster "prod"}
 * @param server the URL of the API server, which {@link ApiServerUrl} accepts
 * @param trust the server certificates that are accepted
 * @param login the login at the server
 * @param namespace the namespace of the context; "" for none
 * @param as the user to impersonate; "" for none
 * @param asGroups the groups to impersonate
 */
public record ClusterEndpoint(
        String origin,
        String server,
        Trust trust,
        ClusterLogin login,
        String namespace,
        String as,
        List<String> asGroups) {

    /**
     * The server certificates that are accepted.
     *
     * @param authority PEM of the authorities; "" for those that Java trusts
     * @param skipVerify whether every certificate is accepted; then the rest does not count
     * @param serverName the name that the certificate must contain (kubectl's {@code tls-server-name}); "" for the
     *     URL's
     * @param field where the authorities are written, for messages
     */
    public record Trust(String authority, boolean skipVerify, String serverName, String field) {

        /** The authorities of a kubeconfig. */
        public Trust(String authority, boolean skipVerify, String serverName) {
            this(authority, skipVerify, serverName, "certificate-authority-data of the kubeconfig");
        }

        /** Authorities that are a setting of their own. @param origin what messages call the server */
        public static Trust ofSetting(String authority, boolean skipVerify, String origin) {
            return new Trust(authority, skipVerify, "", "the CA certificate of " + origin);
        }

        /** Returns what to do about a server whose authority is not trusted. */
        public String advice() {
            return authority.isBlank()
                    ? field + " is empty, and Java does not trust this authority: enter its certificate"
                    : field + " is not this server's authority";
        }
    }

    public ClusterEndpoint {
        asGroups = List.copyOf(asGroups);
    }

    /** Returns the same server with this login in place of all previous ones: header, certificate, impersonation. */
    public ClusterEndpoint withLogin(ClusterLogin newLogin) {
        return new ClusterEndpoint(origin, server, trust, newLogin, namespace, "", List.of());
    }

    /** Creates an endpoint without a namespace and without impersonation. */
    public static ClusterEndpoint of(String origin, String server, Trust trust, ClusterLogin login) {
        return new ClusterEndpoint(origin, server, trust, login, "", "", List.of());
    }
}
