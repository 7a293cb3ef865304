package io.jenkins.plugins.argopreflight.engine.kubernetes;

import java.util.List;

/**
 * An API server and the login there. Every value is in memory: no file is read, no program is run and no environment
 * variable is used for an endpoint, so it can be built from untrusted content.
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
     * @param skipVerify whether every certificate is accepted, whatever the other values are
     * @param serverName the name that the certificate must contain (kubectl's {@code tls-server-name}); "" for the
     *     URL's
     * @param field the setting with the authorities, for messages
     */
    public record Trust(String authority, boolean skipVerify, String serverName, String field) {

        /** The authorities of a kubeconfig. */
        public Trust(String authority, boolean skipVerify, String serverName) {
            this(authority, skipVerify, serverName, "certificate-authority-data of the kubeconfig");
        }

        /**
         * Returns the trust of authorities that are a setting of their own.
         *
         * @param origin the name of the server in messages
         */
        public static Trust ofSetting(String authority, boolean skipVerify, String origin) {
            return new Trust(authority, skipVerify, "", "the CA certificate of " + origin);
        }

        /** Returns the advice for a server whose authority is not trusted. */
        public String advice() {
            return authority.isBlank()
                    ? field + " is empty, and Java does not trust this authority: enter its certificate"
                    : field + " is not this server's authority";
        }
    }

    public ClusterEndpoint {
        asGroups = List.copyOf(asGroups);
    }

    /** Returns the same server with this login in place of the previous header, certificate and impersonation. */
    public ClusterEndpoint withLogin(ClusterLogin newLogin) {
        return new ClusterEndpoint(origin, server, trust, newLogin, namespace, "", List.of());
    }

    /** Creates an endpoint without a namespace and without impersonation. */
    public static ClusterEndpoint of(String origin, String server, Trust trust, ClusterLogin login) {
        return new ClusterEndpoint(origin, server, trust, login, "", "", List.of());
    }
}
