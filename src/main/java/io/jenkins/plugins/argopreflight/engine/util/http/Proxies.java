package io.jenkins.plugins.argopreflight.engine.util.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The proxies of an environment, by the rules of <a href="https://pkg.go.dev/golang.org/x/net/http/httpproxy">Go's
 * httpproxy</a>, which the kubelet's runtime follows.
 */
public final class Proxies {

    private final Optional<URI> forHttps;
    private final Optional<URI> forHttp;
    private final Predicate<URI> direct;

    private Proxies(Optional<URI> forHttps, Optional<URI> forHttp, Predicate<URI> direct) {
        this.forHttps = forHttps;
        this.forHttp = forHttp;
        this.direct = direct;
    }

    public static Proxies none() {
        return new Proxies(Optional.empty(), Optional.empty(), url -> true);
    }

    /** Reads an environment. HTTP_PROXY is ignored under CGI, where a request could set it. */
    public static Proxies of(Map<String, String> environment) {
        return of(environment, noProxy(value("NO_PROXY", environment)));
    }

    /**
     * Reads an environment, but not its NO_PROXY.
     *
     * @param direct tests whether a URL is reached without a proxy
     */
    public static Proxies of(Map<String, String> environment, Predicate<URI> direct) {
        boolean cgi = !environment.getOrDefault("REQUEST_METHOD", "").isEmpty();
        return new Proxies(
                proxy("HTTPS_PROXY", environment), cgi ? Optional.empty() : proxy("HTTP_PROXY", environment), direct);
    }

    /** Returns the proxy for a URL; empty to connect directly. */
    public Optional<URI> proxyFor(URI url) {
        if (url.getHost() == null || isLoopback(url) || direct.test(url)) {
            return Optional.empty();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? forHttps : forHttp;
    }

    /** Returns a test for URLs: whether a value of NO_PROXY excludes a URL from the proxies. */
    public static Predicate<URI> noProxy(String value) {
        return new NoProxy(value)::covers;
    }

    /** Returns whether a host name or address is this machine's own, which no proxy reaches. */
    public static boolean isLoopback(URI url) {
        return Host.of(url)
                .filter(host -> host.name().equals("localhost")
                        || host.name().endsWith(".localhost")
                        || host.literal().filter(InetAddress::isLoopbackAddress).isPresent())
                .isPresent();
    }

    /** Returns the header for the login to a proxy, if its address has a user. */
    static Optional<String> authorization(URI proxy) {
        return Optional.ofNullable(proxy.getRawUserInfo())
                .map(user -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString(URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8)
                                        .getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the proxy's host and port, without its user and password. */
    public static String name(URI proxy) {
        return proxy.getHost() + ":" + port(proxy);
    }

    /** Returns the proxy as a connection takes it; {@link Proxy#NO_PROXY} without one. */
    static Proxy connection(Optional<URI> proxy) {
        return proxy.map(p -> new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(p.getHost(), port(p))))
                .orElse(Proxy.NO_PROXY);
    }

    private static int port(URI proxy) {
        return proxy.getPort() < 0 ? 80 : proxy.getPort();
    }

    private static Optional<URI> proxy(String variable, Map<String, String> environment) {
        String value = value(variable, environment);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        URI url = parse(variable, value.contains("://") ? value : "http://" + value);
        if (!"http".equalsIgnoreCase(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException(variable + " must be http://[USER:PASSWORD@]HOST[:PORT]; proxies of"
                    + " other kinds (https, socks5) are not supported");
        }
        return Optional.of(url);
    }

    private static URI parse(String variable, String value) {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException e) {
            // The cause is left out: it contains the value, which can contain a password.
            throw new IllegalArgumentException(
                    variable + " is not a URL; write http://[USER:PASSWORD@]HOST[:PORT], special characters as %XX");
        }
    }

    private static String value(String variable, Map<String, String> environment) {
        String upper = environment.getOrDefault(variable, "").strip();
        return upper.isEmpty()
                ? environment
                        .getOrDefault(variable.toLowerCase(java.util.Locale.ROOT), "")
                        .strip()
                : upper;
    }
}
