package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.model.fix.Option;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.util.http.ConnectionFailure;
import io.jenkins.plugins.argopreflight.engine.util.http.ConnectionFailure.Kind;
import io.jenkins.plugins.argopreflight.engine.util.http.OneLine;
import io.jenkins.plugins.argopreflight.engine.util.http.Proxies;
import java.net.URI;
import java.util.EnumSet;
import java.util.Set;

/** The reasons why a registry sent no answer, with the fix for each. */
public final class Failures {

    private static final int MAX_ISSUER_CHARACTERS = 120;
    private static final int MAX_TLS_MESSAGE_CHARACTERS = 160;

    private static final Set<Kind> TLS = EnumSet.of(
            Kind.EXPIRED,
            Kind.NOT_YET_VALID,
            Kind.UNKNOWN_AUTHORITY,
            Kind.OTHER_NAMES,
            Kind.PLAIN_HTTP,
            Kind.HANDSHAKE,
            Kind.TLS);

    private Failures() {}

    static NoAnswer of(Throwable thrown, String host, Deadline deadline) {
        ConnectionFailure failure = ConnectionFailure.of(thrown);
        return switch (failure.kind()) {
            case CONNECT_TIMEOUT, TIMEOUT -> timeout(host, deadline);
            default -> of(failure.kind(), host, failure.detail());
        };
    }

    static NoAnswer timeout(String host, Deadline deadline) {
        return of(Kind.TIMEOUT, host, "after " + seconds(deadline));
    }

    /**
     * Returns the failure of a connection.
     *
     * @param detail the issuer of an untrusted certificate, or the message of TLS; "" for most kinds
     */
    public static NoAnswer of(Kind kind, String host, String detail) {
        String message =
                switch (kind) {
                    case OTHER_NAMES -> kind.message() + ", not " + host;
                    case TIMEOUT -> kind.message() + " " + detail;
                    default -> kind.message();
                };
        String doThis = remedy(kind, host, detail);
        return (TLS.contains(kind)
                        ? new NoAnswer(
                                Verdict.TLS, host, message, "No secure connection to " + host + ": " + doThis + ".")
                        : unreachable(host, message, doThis))
                .withFailure(kind);
    }

    private static String remedy(Kind kind, String host, String detail) {
        return switch (kind) {
            case ADDRESS_REFUSED -> detail;
            case NO_SUCH_HOST ->
                "the name does not resolve from here; check the spelling of the image's registry and the DNS";
            case NO_ROUTE -> "no network leads there; check host and HTTPS_PROXY";
            case REFUSED -> "nothing listens there or a firewall refuses; check host, port and HTTPS_PROXY";
            case CONNECT_TIMEOUT, TIMEOUT ->
                "it did not answer in time; check firewall, HTTPS_PROXY and NO_PROXY, or allow more time";
            case EXPIRED -> "its certificate has expired; renew it on the registry";
            case NOT_YET_VALID -> "its certificate is not valid yet; compare the clocks of both machines";
            case UNKNOWN_AUTHORITY ->
                "its certificate is signed by the authority \"" + OneLine.of(detail, MAX_ISSUER_CHARACTERS)
                        + "\", which is not trusted here; trust it here (" + Option.REGISTRY_CA + ") and on every node";
            case OTHER_NAMES ->
                "its certificate is for other host names; use a name that it lists, or issue it for " + host;
            case PLAIN_HTTP ->
                "it uses plain HTTP instead of HTTPS; give it a certificate, or allow plain HTTP for " + host
                        + " here (" + Option.INSECURE_REGISTRY + ") and on every node";
            case HANDSHAKE, TLS ->
                "no common TLS version or cipher, or a proxy in between; it said: "
                        + OneLine.of(detail, MAX_TLS_MESSAGE_CHARACTERS);
            case OVERSIZED -> "its answer is not that of a registry; check what answers at this address";
            case MALFORMED -> "it does not use HTTP";
            case CUT -> "it closed the connection without an answer; check proxies and firewalls between";
        };
    }

    static NoAnswer interrupted(String host) {
        return unreachable(host, "interrupted", "the request was cancelled; try again");
    }

    public static NoAnswer unreachable(String host, String message, String doThis) {
        return new NoAnswer(
                Verdict.UNREACHABLE, host, message, host + " could not be reached (" + message + "): " + doThis + ".");
    }

    /** Returns the failure for a request that was not sent because its address is not allowed. */
    static NoAnswer refused(String registry, String why) {
        return new NoAnswer(
                        Verdict.UNKNOWN,
                        registry,
                        Kind.ADDRESS_REFUSED.message(),
                        "Address not allowed, nothing was sent: " + why + ". Check registry " + registry
                                + ", and the realm and redirects that it answers with.")
                .withFailure(Kind.ADDRESS_REFUSED);
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
