package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.util.http.Host;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** The name of a registry as it is written in an image, and the host that answers for this name. */
public final class RegistryName {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

    private RegistryName() {}

    /** Returns the host that answers for a registry; for Docker Hub, {@code registry-1.docker.io}. */
    public static String canonical(String registry) {
        String name = registry.toLowerCase(Locale.ROOT);
        return name.equals("docker.io") || name.equals("index.docker.io") ? "registry-1.docker.io" : name;
    }

    /** Returns the URL of a registry. An IP address in it has its normalised spelling. */
    public static URI base(String scheme, String registry) {
        URI url = URI.create(scheme + "://" + canonical(registry));
        return url.getHost() != null
                ? url
                : Host.of(url)
                        .map(host -> URI.create(scheme + "://" + host.inUrl() + port(url.getRawAuthority())))
                        .orElse(url);
    }

    /** Returns the host of a URL in its normalised spelling, or the URL's authority if it has no host. */
    public static String host(URI url) {
        return Host.of(url).map(Host::inUrl).orElseGet(() -> String.valueOf(url.getRawAuthority()));
    }

    private static String port(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon < 0 ? "" : authority.substring(colon);
    }

    /** Returns whether a host name is that of the own machine, which docker and containerd reach by plain http. */
    public static boolean isLoopback(String host) {
        return host != null && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /** Returns the scheme, host and port of a URL, to which a credential is bound. */
    public static String origin(URI url) {
        int defaultPort = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        int port = url.getPort() < 0 ? defaultPort : url.getPort();
        return (url.getScheme() + "://" + url.getHost() + ":" + port).toLowerCase(Locale.ROOT);
    }
}
