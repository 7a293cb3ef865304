package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A kubeconfig with one cluster and one token. The token is also in a file beside the kubeconfig. A program that runs
 * longer than the token is valid reads this file again, which is renewed together with the kubeconfig.
 *
 * @see <a href="https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/">kubeconfig</a>
 */
public final class LoginKubeconfig {

    /** The name of the file beside the kubeconfig, which contains the token alone. */
    public static final String TOKEN_FILE = "token";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAME = "argo-preflight";

    private LoginKubeconfig() {}

    /**
     * Returns the content of the kubeconfig.
     *
     * @param namespace the namespace of requests without one
     */
    public static String text(String server, Trust trust, String namespace, Password token) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("apiVersion", "v1").put("kind", "Config").put("current-context", NAME);
        ObjectNode cluster = named(root, "cluster").put("server", server);
        if (trust.skipVerify()) {
            cluster.put("insecure-skip-tls-verify", true);
        } else if (!trust.authority().isEmpty()) {
            cluster.put(
                    "certificate-authority-data",
                    Base64.getEncoder().encodeToString(trust.authority().getBytes(StandardCharsets.UTF_8)));
        }
        if (!trust.serverName().isEmpty()) {
            cluster.put("tls-server-name", trust.serverName());
        }
        named(root, "user").put("token", token.reveal()).put("tokenFile", TOKEN_FILE);
        named(root, "context").put("cluster", NAME).put("user", NAME).put("namespace", namespace);
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode named(ObjectNode root, String kind) {
        return root.putArray(kind + "s").addObject().put("name", NAME).putObject(kind);
    }
}
