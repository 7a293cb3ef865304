package io.jenkins.plugins.argopreflight.engine.http;

import static java.util.stream.Collectors.joining;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Why a connection brought no HTTP answer.
 *
 * @param detail one line: why the address is not allowed, the issuer of an untrusted certificate, what TLS says; "" for
 *     others
 */
public record ConnectionFailure(Kind kind, String detail) {

    /** The kinds, in the words of Go's net, crypto/x509 and net/http, which kubectl and the kubelet's events show. */
    public enum Kind {
        ADDRESS_REFUSED(AddressRefused.REASON),
        NO_SUCH_HOST("no such host"),
        NO_ROUTE("no route to host"),
        REFUSED("connection refused"),
        CONNECT_TIMEOUT("connection timed out"),
        EXPIRED("x509: certificate has expired"),
        NOT_YET_VALID("x509: certificate is not yet valid"),
        UNKNOWN_AUTHORITY("x509: certificate signed by unknown authority"),
        OTHER_NAMES("x509: certificate is valid for other names"),
        PLAIN_HTTP("http: server gave HTTP response to HTTPS client"),
        HANDSHAKE("TLS handshake failed"),
        /** TLS failed, and the request was possibly sent. */
        TLS("TLS failed"),
        TIMEOUT("i/o timeout"),
        MALFORMED("malformed HTTP answer"),
        CUT("connection broken");

        private final String message;

        Kind(String message) {
            this.message = message;
        }

        public String message() {
            return message;
        }
    }

    private static final int LONGEST = 160;
    private static final Pattern PLAIN = Pattern.compile("unrecognized ssl message|not an ssl|plaintext");

    /** What Okio says of a line without an end, as when the headers are larger than OkHttp allows. */
    private static final Pattern ENDLESS_LINE = Pattern.compile("\\\\n not found: limit=[1-9]");

    /** What OkHttp says when the connection ends before the length that the headers give. */
    private static final String SHORT_BODY = "unexpected end of stream";

    public static ConnectionFailure of(Throwable thrown) {
        Kind kind = kind(thrown);
        return new ConnectionFailure(
                kind,
                switch (kind) {
                    case ADDRESS_REFUSED -> detail(thrown, AddressRefused.class);
                    case UNKNOWN_AUTHORITY -> detail(thrown, Trust.UnknownIssuer.class);
                    case HANDSHAKE, TLS -> detail(thrown, SSLException.class);
                    default -> "";
                });
    }

    /** Time that is over comes first: what broke then is its consequence. */
    private static Kind kind(Throwable thrown) {
        if (has(thrown, InterruptedIOException.class) || has(thrown, TimeoutException.class)) {
            boolean connecting = detail(thrown, SocketTimeoutException.class)
                    .toLowerCase(Locale.ROOT)
                    .contains("connect");
            return connecting ? Kind.CONNECT_TIMEOUT : Kind.TIMEOUT;
        }
        if (has(thrown, UnknownHostException.class)) {
            return has(thrown, AddressRefused.class) ? Kind.ADDRESS_REFUSED : Kind.NO_SUCH_HOST;
        }
        if (has(thrown, SSLException.class)) {
            return tls(thrown);
        }
        if (has(thrown, NoRouteToHostException.class)) {
            return Kind.NO_ROUTE;
        }
        if (has(thrown, ConnectException.class)) {
            return Kind.REFUSED;
        }
        String texts = texts(thrown);
        boolean malformed = has(thrown, ProtocolException.class) && !texts.contains(SHORT_BODY);
        return malformed || ENDLESS_LINE.matcher(texts).find() ? Kind.MALFORMED : Kind.CUT;
    }

    private static Kind tls(Throwable thrown) {
        if (has(thrown, CertificateExpiredException.class)) {
            return Kind.EXPIRED;
        }
        if (has(thrown, CertificateNotYetValidException.class)) {
            return Kind.NOT_YET_VALID;
        }
        if (has(thrown, Trust.UnknownIssuer.class)) {
            return Kind.UNKNOWN_AUTHORITY;
        }
        if (has(thrown, SSLPeerUnverifiedException.class)) {
            return Kind.OTHER_NAMES;
        }
        String texts = texts(thrown);
        if (PLAIN.matcher(texts).find()) {
            return Kind.PLAIN_HTTP;
        }
        if (has(thrown, SSLHandshakeException.class)) {
            return Kind.HANDSHAKE;
        }
        return texts.contains("connection reset") ? Kind.CUT : Kind.TLS;
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        return find(thrown, type).isPresent();
    }

    private static String detail(Throwable thrown, Class<? extends Throwable> type) {
        return find(thrown, type)
                .map(found -> OneLine.of(String.valueOf(found.getMessage()), LONGEST))
                .orElse("");
    }

    private static Optional<Throwable> find(Throwable thrown, Class<? extends Throwable> type) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .filter(type::isInstance)
                .findFirst();
    }

    /** In lower case. */
    private static String texts(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .map(each -> String.valueOf(each.getMessage()))
                .collect(joining("\n"))
                .toLowerCase(Locale.ROOT);
    }
}
