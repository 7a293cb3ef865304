package io.jenkins.plugins.argopreflight.engine.util.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * The scheme, host and port of a URL, each in its normal form.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host
 * @param port the port, which the URL can leave out if it is the default of the scheme
 */
public record Target(String scheme, Host host, int port) {

    private static final int MAX_PORT = 65_535;

    /** Reads a URL. Returns empty if it is no URL of http or https with a host, or if its port is invalid. */
    public static Optional<Target> of(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            return Optional.empty();
        }
        int port = port(url, scheme.equals("https") ? 443 : 80);
        return Host.of(url).filter(host -> port > 0 && port <= MAX_PORT).map(host -> new Target(scheme, host, port));
    }

    boolean isTls() {
        return scheme.equals("https");
    }

    /** Returns the port, or -1 if it is invalid. Java finds no port if it does not know the host's spelling. */
    private static int port(URI url, int standard) {
        if (url.getHost() != null) {
            return url.getPort() < 0 ? standard : url.getPort();
        }
        String authority = String.valueOf(url.getRawAuthority());
        String written = authority.substring(authority.lastIndexOf(':') + 1);
        boolean ported = authority.contains(":") && !authority.endsWith("]") && written.matches("[0-9]{1,5}");
        return ported ? Integer.parseInt(written) : authority.endsWith(":") || !authority.contains(":") ? standard : -1;
    }

    /** Returns the start of the URL, without the default port. */
    public String inUrl() {
        boolean standard = port == (isTls() ? 443 : 80);
        return scheme + "://" + host.inUrl() + (standard ? "" : ":" + port);
    }
}
