package io.jenkins.plugins.argopreflight.engine.util.http;

import static java.util.stream.Collectors.joining;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
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
 * The reason why a connection brought no HTTP answer.
 *
 * @param detail the message of the exception in one line: why the address is not allowed, the issuer of an untrusted
 *     certificate, what is wrong with TLS
 */
public record ConnectionFailure(Kind kind, String detail) {

    /**
     * The kind of a failure, in the words of Go's net, crypto/x509 and net/http, which kubectl and the kubelet's events
     * show. The first kind whose exception is in the chain counts. A timeout comes before the failures that it causes.
     */
    public enum Kind {
        ADDRESS_REFUSED(AddressRefused.REASON, AddressRefused.class),
        OVERSIZED("HTTP headers or chunk sizes larger than 64 KiB", CountedSocket.Exceeded.class),
        TIMEOUT("i/o timeout", InterruptedIOException.class, TimeoutException.class),
        CONNECT_TIMEOUT("connection timed out"),
        NO_SUCH_HOST("no such host", UnknownHostException.class),
        EXPIRED("x509: certificate has expired", CertificateExpiredException.class),
        NOT_YET_VALID("x509: certificate is not yet valid", CertificateNotYetValidException.class),
        UNKNOWN_AUTHORITY("x509: certificate signed by unknown authority", Trust.UnknownIssuer.class),
        OTHER_NAMES("x509: certificate is valid for other names", SSLPeerUnverifiedException.class),
        PLAIN_HTTP("http: server gave HTTP response to HTTPS client"),
        HANDSHAKE("TLS handshake failed", SSLHandshakeException.class),
        /** A failure after which it is unknown whether the request was sent. */
        TLS("TLS failed", SSLException.class),
        NO_ROUTE("no route to host", NoRouteToHostException.class),
        REFUSED("connection refused", ConnectException.class),
        MALFORMED("malformed HTTP answer", ProtocolException.class),
        CUT("connection broken", Throwable.class);

        private final String message;
        private final List<Class<?>> exceptions;

        Kind(String message, Class<?>... exceptions) {
            this.message = message;
            this.exceptions = List.of(exceptions);
        }

        public String message() {
            return message;
        }

        private Optional<Throwable> findIn(List<Throwable> chain) {
            return chain.stream()
                    .filter(each -> exceptions.stream().anyMatch(type -> type.isInstance(each)))
                    .findFirst();
        }

        /** Returns the kind that only the texts of Java, OkHttp and Okio show, given in lower case. */
        private Kind refined(String texts) {
            return switch (this) {
                case TIMEOUT -> texts.contains("connect timed out") ? CONNECT_TIMEOUT : this;
                case HANDSHAKE -> PLAIN.matcher(texts).find() ? PLAIN_HTTP : this;
                case TLS ->
                    texts.contains("connection reset")
                            ? CUT
                            : PLAIN.matcher(texts).find() ? PLAIN_HTTP : this;
                case MALFORMED -> texts.contains("unexpected end of stream") ? CUT : this;
                default -> this;
            };
        }
    }

    private static final int MAX_DETAIL_CHARACTERS = 300;
    private static final Pattern PLAIN = Pattern.compile("unrecognized ssl message|not an ssl|plaintext");

    public static ConnectionFailure of(Throwable thrown) {
        List<Throwable> chain =
                Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).toList();
        String texts = chain.stream()
                .map(each -> String.valueOf(each.getMessage()))
                .collect(joining("\n"))
                .toLowerCase(Locale.ROOT);
        Kind kind = Stream.of(Kind.values())
                .filter(each -> each.findIn(chain).isPresent())
                .findFirst()
                .orElse(Kind.CUT);
        Throwable found = kind.findIn(chain).orElse(thrown);
        return new ConnectionFailure(
                kind.refined(texts), OneLine.of(String.valueOf(found.getMessage()), MAX_DETAIL_CHARACTERS));
    }
}
