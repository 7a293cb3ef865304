package io.jenkins.plugins.argopreflight.engine.cluster;

import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.util.List;

/**
 * An HTTP proxy on the way to the cluster.
 *
 * @param url such as {@code http://proxy.example.com:3128}
 * @param username "" for none
 * @param password of that user
 * @param direct hosts that are reached without it: names, or suffixes that begin with a dot
 */
public record ClusterProxy(String url, String username, Password password, List<String> direct) {

    public ClusterProxy {
        direct = List.copyOf(direct);
    }
}
