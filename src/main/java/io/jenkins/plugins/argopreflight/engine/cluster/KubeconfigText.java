package io.jenkins.plugins.argopreflight.engine.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A kubeconfig that is not in a file of ours.
 *
 * @param origin what messages call it, such as {@code credentials "prod"}
 * @param content YAML or JSON; a Password, since it holds the token
 */
public record KubeconfigText(String origin, Password content) {

    /** How somebody proves to a cluster who he is. */
    public sealed interface Login {

        /** A bearer token, such as a ServiceAccount's. */
        record Token(Password token) implements Login {}

        /** HTTP Basic, which the cluster's authenticating proxy or webhook must know; kube-apiserver itself does not. */
        record Basic(String username, Password password) implements Login {}

        /**
         * A client certificate.
         *
         * @param certificate PEM, with its chain
         * @param key PEM
         */
        record Certificate(String certificate, Password key) implements Login {}

        /** Nobody: {@code system:anonymous}. */
        record Anonymous() implements Login {}
    }

    /**
     * A kubeconfig of one context.
     *
     * @param server the API server's URL
     * @param authority PEM of whom to trust; "" for the system's authorities
     * @param skipTlsVerify whether nobody is asked for a certificate that we trust; then the authority does not count
     */
    public static KubeconfigText of(
            String origin, String server, String authority, boolean skipTlsVerify, Login login) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("apiVersion", "v1").put("kind", "Config").put("current-context", "jenkins");
        ObjectNode cluster = root.putArray("clusters")
                .addObject()
                .put("name", "jenkins")
                .putObject("cluster")
                .put("server", server);
        if (skipTlsVerify) {
            cluster.put("insecure-skip-tls-verify", true);
        } else if (!authority.isBlank()) {
            cluster.put("certificate-authority-data", base64(authority));
        }
        ObjectNode user =
                root.putArray("users").addObject().put("name", "jenkins").putObject("user");
        if (login instanceof Login.Token token) {
            user.put("token", token.token().reveal().strip());
        } else if (login instanceof Login.Basic basic) {
            user.put("username", basic.username())
                    .put("password", basic.password().reveal());
        } else if (login instanceof Login.Certificate pair) {
            user.put("client-certificate-data", base64(pair.certificate()))
                    .put("client-key-data", base64(pair.key().reveal()));
        }
        root.putArray("contexts")
                .addObject()
                .put("name", "jenkins")
                .putObject("context")
                .put("cluster", "jenkins")
                .put("user", "jenkins");
        return new KubeconfigText(origin, Password.of(root.toString()));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
