package io.jenkins.plugins.argopreflight.engine.cluster;

import io.jenkins.plugins.argopreflight.engine.http.AddressPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which cluster, as whom, and how long to wait.
 *
 * @param source where the way to it is written
 * @param context "" for the current-context
 * @param as whom to impersonate (kubectl's {@code --as}); "" for nobody
 * @param asGroups kubectl's {@code --as-group}
 * @param execPlugins whether a kubeconfig may start programs to get credentials; not on a Jenkins controller
 * @param timeouts how long to wait
 * @param proxy on the way; empty for what the environment and the kubeconfig say
 * @param addresses where a server may be that a kubeconfig of somebody else names
 */
public record ClusterConnection(
        ClusterSource source,
        String context,
        String as,
        List<String> asGroups,
        boolean execPlugins,
        Timeouts timeouts,
        Optional<ClusterProxy> proxy,
        AddressPolicy addresses) {

    /**
     * @param connect until a connection stands
     * @param request for one request and its answer
     * @param overall for one call with all its retries
     */
    public record Timeouts(Duration connect, Duration request, Duration overall) {
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(90));
    }

    /** What kubectl would take without any option. */
    public static final ClusterConnection DEFAULT = new ClusterConnection(
            new ClusterSource.Files(List.of()), "", "", List.of(), true, Timeouts.DEFAULT, Optional.empty(),
            AddressPolicy.UNRESTRICTED);

    public ClusterConnection {
        asGroups = List.copyOf(asGroups);
    }

    public ClusterConnection withKubeconfigs(Path... files) {
        return from(new ClusterSource.Files(List.of(files)));
    }

    public ClusterConnection from(ClusterSource newSource) {
        return new ClusterConnection(newSource, context, as, asGroups, execPlugins, timeouts, proxy, addresses);
    }

    public ClusterConnection through(ClusterProxy newProxy) {
        return new ClusterConnection(source, context, as, asGroups, execPlugins, timeouts, Optional.of(newProxy), addresses);
    }

    public ClusterConnection withContext(String name) {
        return new ClusterConnection(source, name, as, asGroups, execPlugins, timeouts, proxy, addresses);
    }

    public ClusterConnection impersonating(String user, String... groups) {
        return new ClusterConnection(source, context, user, List.of(groups), execPlugins, timeouts, proxy, addresses);
    }

    public ClusterConnection withoutExecPlugins() {
        return new ClusterConnection(source, context, as, asGroups, false, timeouts, proxy, addresses);
    }

    public ClusterConnection withTimeouts(Timeouts newTimeouts) {
        return new ClusterConnection(source, context, as, asGroups, execPlugins, newTimeouts, proxy, addresses);
    }

    public ClusterConnection within(AddressPolicy policy) {
        return new ClusterConnection(source, context, as, asGroups, execPlugins, timeouts, proxy, policy);
    }

    /**
     * The groups to impersonate. The API server adds a ServiceAccount's own groups only when none is asked for, so they
     * are added here when there are others.
     *
     * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation">User
     *     impersonation</a>
     */
    public List<String> impersonatedGroups() {
        String[] parts = as.split(":", -1);
        if (asGroups.isEmpty() || parts.length != 4 || !as.startsWith("system:serviceaccount:")) {
            return asGroups;
        }
        List<String> groups = new ArrayList<>(asGroups);
        for (String own : List.of("system:serviceaccounts", "system:serviceaccounts:" + parts[2])) {
            if (!groups.contains(own)) {
                groups.add(own);
            }
        }
        return groups;
    }
}
