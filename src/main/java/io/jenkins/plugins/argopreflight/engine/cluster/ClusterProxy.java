package io.jenkins.plugins.argopreflight.engine.cluster;

import io.jenkins.plugins.argopreflight.engine.http.Proxies;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.net.URI;
import java.util.List;

/**
 * An HTTP proxy on the way to the cluster.
 *
 * @param url such as {@code http://proxy.example.com:3128}
 * @param username "" for none
 * @param password of that user
 * @param direct hosts that are reached without it, as entries of a NO_PROXY
 */
public record ClusterProxy(String url, String username, Password password, List<String> direct) {

    public ClusterProxy {
        direct = List.copyOf(direct);
    }

    /** Whether requests to this server go through it. */
    public boolean isFor(URI server) {
        return !Proxies.isDirect(server, direct);
    }

    /** Its host and port, without a login. */
    public String name() {
        return url.replaceFirst("^[^:]*+://", "").replaceFirst("^.*@", "").replaceFirst("/.*$", "");
    }
}
