package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.net.MetadataAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Keeps requests away from where a registry must not send us: link-local and cloud metadata addresses, by name, as an
 * address, and after the name was resolved; and from this machine itself, unless the registry is there too.
 */
final class AddressGuard {

    private static final Set<String> METADATA_NAMES = Set.of(
            "metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal");

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[.*]");

    private final RegistrySettings settings;
    private final Executor executor;

    AddressGuard(RegistrySettings settings, Executor executor) {
        this.settings = settings;
        this.executor = executor;
    }

    /**
     * Refuses a URL that must not be asked.
     *
     * @param registry the host of the registry on whose behalf it is asked
     */
    void check(URI url, String registry, Deadline deadline) throws NoAnswer {
        String host = url.getHost();
        if (host == null || !("https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme()))) {
            throw refuse(registry, "its address is not an http or https URL with a host");
        }
        String name = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
        if (METADATA_NAMES.contains(name)) {
            throw refuse(registry, host + " is a cloud's metadata service");
        }
        if (!settings.allows(host)) {
            throw refuse(registry, "the administrator does not allow " + host);
        }
        if (settings.address(url).isPresent()) {
            return;
        }
        boolean proxied = settings.proxies().proxyFor(url).isPresent();
        if (proxied && !LITERAL.matcher(name).matches()) {
            return;
        }
        boolean own = host.equalsIgnoreCase(registry) || RegistryName.isLoopback(registry);
        for (InetAddress address : resolve(name, registry, deadline)) {
            if (isMetadata(address)) {
                throw refuse(registry, host + " is the link-local or metadata address " + address.getHostAddress());
            }
            if (!own && (address.isLoopbackAddress() || address.isAnyLocalAddress())) {
                throw refuse(registry, host + " is this machine's own address " + address.getHostAddress());
            }
        }
    }

    static boolean isMetadata(InetAddress address) {
        return MetadataAddress.is(address);
    }

    private InetAddress[] resolve(String host, String registry, Deadline deadline) throws NoAnswer {
        CompletableFuture<InetAddress[]> lookup = LITERAL.matcher(host).matches()
                ? CompletableFuture.completedFuture(lookUp(host))
                : CompletableFuture.supplyAsync(() -> lookUp(host), executor);
        try {
            InetAddress[] found = lookup.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
            if (found.length == 0) {
                throw Failures.noSuchHost(host);
            }
            return found;
        } catch (TimeoutException | ExecutionException e) {
            throw Failures.timeout(host, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted(registry);
        }
    }

    private InetAddress[] lookUp(String host) {
        try {
            return settings.resolver().resolve(host);
        } catch (UnknownHostException e) {
            return new Inet4Address[0];
        }
    }

    private static NoAnswer refuse(String registry, String why) {
        return new NoAnswer(
                Verdict.UNKNOWN,
                "not asked: " + why,
                "The registry " + registry + " was not asked to the end, and nothing was sent: " + why
                        + "; check the image's registry, and the realm and redirects that it answers with.");
    }
}
