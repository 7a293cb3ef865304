package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.fix.Option;
import io.jenkins.plugins.argopreflight.engine.http.AddressRefused;
import io.jenkins.plugins.argopreflight.engine.http.Proxies;
import io.jenkins.plugins.argopreflight.engine.http.UntrustedCertificate;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says why there was no answer, in the words that the kubelet's events use for the same thing. */
public final class Failures {

    /** What Okio says when it read as many headers as OkHttp allows. */
    private static final String HEADERS_TOO_LARGE = "\\n not found: limit=";

    static final String PLAIN_HTTP = "http: server gave HTTP response to HTTPS client";

    private Failures() {}

    static NoAnswer of(Throwable failure, String host, Deadline deadline) {
        if (find(failure, InterruptedIOException.class).isPresent()) {
            return timeout(host, deadline);
        }
        if (find(failure, UnknownHostException.class).isPresent()) {
            return noSuchHost(host);
        }
        if (find(failure, CertificateExpiredException.class).isPresent()) {
            return tls(host, "x509: certificate has expired", "its certificate has expired; renew it on the registry");
        }
        if (find(failure, CertificateNotYetValidException.class).isPresent()) {
            return tls(
                    host,
                    "x509: certificate is not yet valid",
                    "its certificate is not valid yet; compare the clocks of both machines");
        }
        if (find(failure, SSLException.class).isPresent()) {
            return tls(failure, host);
        }
        if (find(failure, NoRouteToHostException.class).isPresent()) {
            return unreachable(host, "no route to host", "no network leads there; check host and HTTPS_PROXY");
        }
        if (find(failure, ConnectException.class).isPresent()) {
            return unreachable(
                    host,
                    "connection refused",
                    "nothing listens there or a firewall refuses; check host, port and HTTPS_PROXY");
        }
        if (find(failure, ProtocolException.class).isPresent() || texts(failure).contains(HEADERS_TOO_LARGE)) {
            return unreachable(host, "malformed HTTP answer", "it does not use HTTP, or its headers are too large");
        }
        return unreachable(
                host,
                "connection broken",
                "it closed the connection without an answer; check proxies and firewalls between");
    }

    static NoAnswer timeout(String host, Deadline deadline) {
        return unreachable(
                host,
                "i/o timeout after " + seconds(deadline),
                "it did not answer in time; check firewall, HTTPS_PROXY and NO_PROXY, or allow more time");
    }

    public static NoAnswer noSuchHost(String host) {
        return unreachable(
                host,
                "no such host",
                "the name does not resolve from here; check the spelling of the image's registry and the DNS");
    }

    static NoAnswer interrupted(String host) {
        return unreachable(host, "interrupted", "the request was cancelled; try again");
    }

    public static NoAnswer unreachable(String host, String message, String doThis) {
        return new NoAnswer(
                Verdict.UNREACHABLE, message, host + " could not be reached (" + message + "): " + doThis + ".");
    }

    /** Nothing was sent: an address that is not allowed says nothing of the image. */
    static NoAnswer refused(String registry, String why) {
        return new NoAnswer(
                Verdict.UNKNOWN,
                AddressRefused.REASON,
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

    private static NoAnswer tls(Throwable failure, String host) {
        String text = texts(failure);
        if (find(failure, SSLPeerUnverifiedException.class).isPresent()) {
            return tls(
                    host,
                    "x509: certificate is valid for other names, not " + host,
                    "its certificate is for other host names; use a name that it lists, or issue it for " + host);
        }
        Optional<UntrustedCertificate> untrusted = find(failure, UntrustedCertificate.class);
        if (untrusted.isPresent()) {
            return unknownAuthority(host, OneLine.of(untrusted.get().issuer(), 120));
        }
        if (text.contains("unrecognized ssl message") || text.contains("not an ssl") || text.contains("plaintext")) {
            return plainHttp(host);
        }
        return tls(
                host,
                "TLS handshake failed",
                "no common TLS version or cipher, or a proxy in between; it said: "
                        + OneLine.of(
                                String.valueOf(find(failure, SSLException.class)
                                        .orElseThrow()
                                        .getMessage()),
                                160));
    }

    public static NoAnswer unknownAuthority(String host, String authority) {
        return tls(
                host,
                "x509: certificate signed by unknown authority",
                "its certificate is signed by the authority \"" + authority
                        + "\", which is not trusted here; trust it here (" + Option.REGISTRY_CA
                        + ") and on every node");
    }

    public static NoAnswer plainHttp(String host) {
        return tls(
                host,
                PLAIN_HTTP,
                "it uses plain HTTP instead of HTTPS; give it a certificate, or allow plain HTTP for " + host
                        + " here (" + Option.INSECURE_REGISTRY + ") and on every node");
    }

    static NoAnswer tls(String host, String message, String doThis) {
        return new NoAnswer(Verdict.TLS, message, "No secure connection to " + host + ": " + doThis + ".");
    }

    private static String texts(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable t = failure; t != null; t = t.getCause()) {
            all.append(t.getMessage()).append('\n');
        }
        return all.toString().toLowerCase(Locale.ROOT);
    }

    private static String seconds(Deadline deadline) {
        return deadline.whole().toMillis() % 1000 == 0
                ? deadline.whole().toSeconds() + " s"
                : deadline.whole().toMillis() + " ms";
    }

    private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return Optional.of(type.cast(t));
            }
        }
        return Optional.empty();
    }
}
