package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.fix.Option;
import io.jenkins.plugins.argopreflight.engine.http.ConnectionFailure;
import io.jenkins.plugins.argopreflight.engine.http.ConnectionFailure.Kind;
import io.jenkins.plugins.argopreflight.engine.http.OneLine;
import io.jenkins.plugins.argopreflight.engine.http.Proxies;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.net.URI;

/** Says why there was no answer, and what to do about it at a registry. */
public final class Failures {

    private static final String TOO_LATE =
            "it did not answer in time; check firewall, HTTPS_PROXY and NO_PROXY, or allow more time";

    private Failures() {}

    static NoAnswer of(Throwable thrown, String host, Deadline deadline) {
        ConnectionFailure failure = ConnectionFailure.of(thrown);
        return switch (failure.kind()) {
            case CONNECT_TIMEOUT, TIMEOUT -> timeout(host, deadline);
            default -> of(failure, host);
        };
    }

    public static NoAnswer of(Kind kind, String host) {
        return of(new ConnectionFailure(kind, ""), host);
    }

    public static NoAnswer of(ConnectionFailure failure, String host) {
        Kind kind = failure.kind();
        return switch (kind) {
            case ADDRESS_REFUSED -> refused(host, failure.detail());
            case NO_SUCH_HOST ->
                unreachable(
                        host,
                        kind,
                        "the name does not resolve from here; check the spelling of the image's registry and the DNS");
            case NO_ROUTE -> unreachable(host, kind, "no network leads there; check host and HTTPS_PROXY");
            case REFUSED ->
                unreachable(
                        host, kind, "nothing listens there or a firewall refuses; check host, port and HTTPS_PROXY");
            case CONNECT_TIMEOUT, TIMEOUT -> unreachable(host, kind, TOO_LATE);
            case EXPIRED -> tls(host, kind, "its certificate has expired; renew it on the registry");
            case NOT_YET_VALID ->
                tls(host, kind, "its certificate is not valid yet; compare the clocks of both machines");
            case UNKNOWN_AUTHORITY ->
                tls(
                        host,
                        kind,
                        "its certificate is signed by the authority \"" + OneLine.of(failure.detail(), 120)
                                + "\", which is not trusted here; trust it here (" + Option.REGISTRY_CA
                                + ") and on every node");
            case OTHER_NAMES ->
                tls(
                        host,
                        kind,
                        "its certificate is for other host names; use a name that it lists, or issue it for " + host);
            case PLAIN_HTTP ->
                tls(
                        host,
                        kind,
                        "it uses plain HTTP instead of HTTPS; give it a certificate, or allow plain HTTP for " + host
                                + " here (" + Option.INSECURE_REGISTRY + ") and on every node");
            case HANDSHAKE, TLS ->
                tls(host, kind, "no common TLS version or cipher, or a proxy in between; it said: " + failure.detail());
            case MALFORMED -> unreachable(host, kind, "it does not use HTTP, or its headers are too large");
            case CUT ->
                unreachable(
                        host, kind, "it closed the connection without an answer; check proxies and firewalls between");
        };
    }

    static NoAnswer timeout(String host, Deadline deadline) {
        return unreachable(host, Kind.TIMEOUT.message() + " after " + seconds(deadline), TOO_LATE);
    }

    static NoAnswer interrupted(String host) {
        return unreachable(host, "interrupted", "the request was cancelled; try again");
    }

    private static NoAnswer unreachable(String host, Kind kind, String doThis) {
        return unreachable(host, kind.message(), doThis).because(kind);
    }

    public static NoAnswer unreachable(String host, String message, String doThis) {
        return new NoAnswer(
                Verdict.UNREACHABLE, message, host + " could not be reached (" + message + "): " + doThis + ".");
    }

    private static NoAnswer tls(String host, Kind kind, String doThis) {
        String message = kind.message() + (kind == Kind.OTHER_NAMES ? ", not " + host : "");
        return new NoAnswer(Verdict.TLS, message, "No secure connection to " + host + ": " + doThis + ".")
                .because(kind);
    }

    /** Nothing was sent: an address that is not allowed says nothing of the image. */
    static NoAnswer refused(String registry, String why) {
        return new NoAnswer(
                Verdict.UNKNOWN,
                Kind.ADDRESS_REFUSED.message(),
                "Address not allowed, nothing was sent: " + why + ". Check registry " + registry
                        + ", and the realm and redirects that it answers with.");
    }

    static NoAnswer proxyLogin(String host, URI proxy) {
        return unreachable(
                host,
                "407 Proxy Authentication Required",
                "the proxy " + Proxies.name(proxy)
                        + (proxy.getRawUserInfo() == null
                                ? " wants user and password: write them into HTTPS_PROXY"
                                        + " (http://USER:PASSWORD@HOST:PORT)"
                                : " refuses user and password: correct them in HTTPS_PROXY, special characters as"
                                        + " %XX"));
    }

    private static String seconds(Deadline deadline) {
        return deadline.whole().toMillis() % 1000 == 0
                ? deadline.whole().toSeconds() + " s"
                : deadline.whole().toMillis() + " ms";
    }
}
