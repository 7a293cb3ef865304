package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.http.AddressRefused;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Why no answer came, in the words of Go's net and crypto/x509 that kubectl users know.
 *
 * @param kind what it is
 * @param text the reason, without the URL
 * @param unsent whether the request certainly never reached the server
 * @param passing whether it can be gone in a moment
 */
record TransportFailure(Kind kind, String text, boolean unsent, boolean passing) {

    static TransportFailure of(Throwable thrown) {
        Optional<AddressRefused> forbidden = find(thrown, AddressRefused.class);
        if (forbidden.isPresent()) {
            String why = AddressRefused.REASON + ": " + forbidden.get().getMessage();
            return new TransportFailure(Kind.UNREACHABLE, why, true, false);
        }
        if (has(thrown, UnknownHostException.class)) {
            return new TransportFailure(Kind.UNREACHABLE, "no such host", true, false);
        }
        if (has(thrown, SSLException.class)) {
            boolean handshake =
                    has(thrown, SSLHandshakeException.class) || has(thrown, SSLPeerUnverifiedException.class);
            boolean cut = !handshake && thrown.toString().contains("Connection reset");
            return new TransportFailure(cut ? Kind.UNREACHABLE : Kind.TLS, tls(thrown), handshake, cut);
        }
        if (has(thrown, ConnectException.class) || has(thrown, NoRouteToHostException.class)) {
            boolean route = has(thrown, NoRouteToHostException.class);
            return new TransportFailure(
                    Kind.UNREACHABLE, route ? "no route to host" : "connection refused", true, true);
        }
        if (has(thrown, SocketTimeoutException.class) && thrown.toString().contains("connect")) {
            return new TransportFailure(Kind.TIMEOUT, "connection timed out", true, true);
        }
        if (has(thrown, TimeoutException.class) || has(thrown, InterruptedIOException.class)) {
            return new TransportFailure(Kind.TIMEOUT, "no answer in time", false, true);
        }
        // HTTP/2: the server said, with GOAWAY or REFUSED_STREAM, that it did not look at this request.
        boolean refused = thrown.toString().contains("REFUSED_STREAM")
                || thrown.toString().contains("ConnectionShutdownException");
        return new TransportFailure(Kind.UNREACHABLE, "the connection was cut before the answer", refused, true);
    }

    private static String tls(Throwable thrown) {
        if (has(thrown, CertificateExpiredException.class) || has(thrown, CertificateNotYetValidException.class)) {
            return "x509: certificate has expired or is not yet valid";
        }
        if (has(thrown, CertPathValidatorException.class) || thrown.toString().contains("PKIX path")) {
            return "x509: certificate signed by unknown authority; the kubeconfig's certificate-authority-data is not"
                    + " this server's";
        }
        if (has(thrown, SSLPeerUnverifiedException.class) || thrown.toString().contains("subject alternative")) {
            return "x509: certificate is not valid for this host name";
        }
        if (thrown.toString().contains("plaintext connection")) {
            return "http: server gave HTTP response to HTTPS client";
        }
        return "tls: " + thrown.getMessage();
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        return find(thrown, type).isPresent();
    }

    private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return Optional.of(type.cast(t));
            }
        }
        return Optional.empty();
    }

    /**
     * A failure that no other request to this server can escape names the server alone, so that it is reported once.
     *
     * @param method such as {@code GET}
     * @param path such as {@code /api/v1/namespaces}
     */
    ClusterException toException(String method, ServerRoute server, String path) {
        boolean outage = unsent && kind != Kind.TIMEOUT;
        String remedy = kind == Kind.TIMEOUT
                ? "; run it again when the API server answers faster"
                : kind == Kind.UNREACHABLE && unsent ? "; check the address, and that the server runs" : "";
        String way = server.proxy()
                .map(proxy -> "; it was asked through the proxy " + proxy + ", which resolves the name")
                .orElse("");
        return new ClusterException(
                kind, (outage ? "" : method + " ") + server.url() + (outage ? "" : path) + ": " + text + remedy + way);
    }
}
