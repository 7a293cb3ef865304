package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.net.URI;
import java.util.function.Predicate;

/**
 * An HTTP proxy on the way to the cluster.
 *
 * @param url such as {@code http://proxy.example.com:3128}
 * @param username "" for none
 * @param password the password of that user
 * @param direct tests whether a server is reached without the proxy
 */
public record ClusterProxy(String url, String username, Password password, Predicate<URI> direct) {

    /** Returns whether requests to this server go through the proxy. */
    public boolean isFor(URI server) {
        return !direct.test(server);
    }

    /** The host and port, without a login. */
    public String name() {
        return url.replaceFirst("^[^:]*+://", "").replaceFirst("^.*@", "").replaceFirst("/.*$", "");
    }
}
