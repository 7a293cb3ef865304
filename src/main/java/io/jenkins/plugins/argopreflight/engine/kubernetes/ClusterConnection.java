package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.util.http.AddressPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The cluster, the login and the timeouts of a connection.
 *
 * @param source the source of the address and the login
 * @param context a context of the user's own kubeconfig; "" for the current one
 * @param as the identity to impersonate (kubectl's {@code --as}); "" for no one
 * @param asGroups kubectl's {@code --as-group}
 * @param programs the receiver of the name of each credential plugin in the user's own kubeconfig, before the plugin
 *     runs
 * @param timeouts the limits of waiting times
 * @param proxy the proxy on the way; empty for the settings of the environment and the kubeconfig
 * @param tokensOf the ServiceAccount for which the login only requests tokens; empty to work with the login itself
 * @param addresses the addresses that are allowed for an endpoint that another person can have written
 */
public record ClusterConnection(
        ClusterSource source,
        String context,
        String as,
        List<String> asGroups,
        Consumer<String> programs,
        Timeouts timeouts,
        Optional<ClusterProxy> proxy,
        Optional<TokenAccount> tokensOf,
        AddressPolicy addresses) {

    /**
     * The limits of waiting times.
     *
     * @param connect the time until a connection is established
     * @param request the time for one request and its answer
     * @param overall the time for one call with all its retries
     */
    public record Timeouts(Duration connect, Duration request, Duration overall) {
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(90));
    }

    /** The connection that kubectl would use without any option. */
    public static final ClusterConnection DEFAULT = new ClusterConnection(
            new ClusterSource.Files(List.of()),
            "",
            "",
            List.of(),
            program -> {},
            Timeouts.DEFAULT,
            Optional.empty(),
            Optional.empty(),
            AddressPolicy.UNRESTRICTED);

    public ClusterConnection {
        asGroups = List.copyOf(asGroups);
    }

    public ClusterConnection withKubeconfigs(Path... files) {
        return from(new ClusterSource.Files(List.of(files)));
    }

    public ClusterConnection to(ClusterEndpoint endpoint) {
        return from(new ClusterSource.Endpoint(endpoint));
    }

    public ClusterConnection from(ClusterSource newSource) {
        return new ClusterConnection(newSource, context, as, asGroups, programs, timeouts, proxy, tokensOf, addresses);
    }

    public ClusterConnection through(ClusterProxy newProxy) {
        return new ClusterConnection(
                source, context, as, asGroups, programs, timeouts, Optional.of(newProxy), tokensOf, addresses);
    }

    public ClusterConnection withContext(String name) {
        return new ClusterConnection(source, name, as, asGroups, programs, timeouts, proxy, tokensOf, addresses);
    }

    public ClusterConnection impersonating(String user, String... groups) {
        return new ClusterConnection(
                source, context, user, List.of(groups), programs, timeouts, proxy, tokensOf, addresses);
    }

    /**
     * Returns this connection with a login that only requests tokens of a ServiceAccount, which makes all other
     * requests.
     */
    public ClusterConnection withTokensOf(TokenAccount account) {
        return new ClusterConnection(
                source, context, as, asGroups, programs, timeouts, proxy, Optional.of(account), addresses);
    }

    /**
     * Returns this connection with a receiver of the name of each program that the user's own kubeconfig runs, called
     * before the program runs.
     */
    public ClusterConnection announcing(Consumer<String> newPrograms) {
        return new ClusterConnection(source, context, as, asGroups, newPrograms, timeouts, proxy, tokensOf, addresses);
    }

    public ClusterConnection withTimeouts(Timeouts newTimeouts) {
        return new ClusterConnection(source, context, as, asGroups, programs, newTimeouts, proxy, tokensOf, addresses);
    }

    public ClusterConnection within(AddressPolicy policy) {
        return new ClusterConnection(source, context, as, asGroups, programs, timeouts, proxy, tokensOf, policy);
    }

    /**
     * Returns the groups to impersonate. The API server adds a ServiceAccount's own groups only if no groups are
     * requested, so the own groups are added here to other groups.
     *
     * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation">User
     *     impersonation</a>
     */
    public List<String> impersonatedGroups() {
        if (asGroups.isEmpty()) {
            return asGroups;
        }
        Stream<String> ownGroups = Identity.serviceAccount(as).stream()
                .flatMap(account -> Identity.ownGroups(account.namespace()).stream())
                .filter(group -> !asGroups.contains(group));
        return Stream.concat(asGroups.stream(), ownGroups).toList();
    }
}
