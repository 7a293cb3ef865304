package io.jenkins.plugins.argopreflight.engine.util.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jenkins.plugins.argopreflight.engine.util.http.ConnectionFailure.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectionFailureTest {

    /** Returns errors with the texts of Java 17, OkHttp 4 and Okio 3. */
    static Stream<Arguments> thrown() {
        return Stream.of(
                arguments(Kind.ADDRESS_REFUSED, new AddressRefused("it is private")),
                arguments(Kind.NO_SUCH_HOST, new UnknownHostException("registry.invalid")),
                arguments(Kind.NO_ROUTE, new NoRouteToHostException("No route to host")),
                arguments(Kind.REFUSED, new IOException(new ConnectException("Connection refused"))),
                arguments(Kind.CONNECT_TIMEOUT, new SocketTimeoutException("Connect timed out")),
                arguments(
                        Kind.CONNECT_TIMEOUT,
                        caused(new InterruptedIOException("timeout"), new SocketTimeoutException("connect timed out"))),
                arguments(Kind.TIMEOUT, new SocketTimeoutException("Read timed out")),
                arguments(Kind.TIMEOUT, new TimeoutException()),
                arguments(
                        Kind.TIMEOUT,
                        caused(new InterruptedIOException("timeout"), new SSLHandshakeException("Socket closed"))),
                arguments(Kind.EXPIRED, handshake(new CertificateExpiredException("NotAfter: …"))),
                arguments(Kind.NOT_YET_VALID, handshake(new CertificateNotYetValidException("NotBefore: …"))),
                arguments(Kind.OTHER_NAMES, new SSLPeerUnverifiedException("Hostname a not verified")),
                arguments(Kind.PLAIN_HTTP, new SSLException("Unsupported or unrecognized SSL message")),
                arguments(Kind.HANDSHAKE, new SSLHandshakeException("Received fatal alert: handshake_failure")),
                arguments(Kind.TLS, new SSLException("Received fatal alert: internal_error")),
                arguments(
                        Kind.CUT,
                        caused(new SSLException("Connection reset"), new SocketException("Connection reset"))),
                arguments(Kind.MALFORMED, new ProtocolException("Unexpected status line: SSH-2.0")),
                arguments(Kind.OVERSIZED, new CountedSocket.Exceeded()),
                arguments(Kind.OVERSIZED, caused(new SSLException("Connection reset"), new CountedSocket.Exceeded())),
                arguments(Kind.CUT, ended("\\n not found: limit=0 content=…")),
                arguments(Kind.CUT, new ProtocolException("unexpected end of stream")),
                arguments(Kind.CUT, new SocketException("Connection reset")));
    }

    private static Throwable handshake(Throwable cause) {
        return caused(new SSLHandshakeException(String.valueOf(cause)), cause);
    }

    private static Throwable ended(String said) {
        return caused(new IOException("unexpected end of stream on http://127.0.0.1/..."), new EOFException(said));
    }

    private static Throwable caused(Throwable thrown, Throwable cause) {
        return thrown.initCause(cause);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void shouldClassify(Kind kind, Throwable thrown) {
        assertThat(ConnectionFailure.of(thrown).kind()).isEqualTo(kind);
    }

    @Test
    void shouldShowWhatTheExceptionThatDecidedSaysInOneLine() {
        Throwable thrown = new IOException("failed", new SSLException("Received fatal alert:\n internal_error"));
        assertThat(ConnectionFailure.of(thrown).detail()).isEqualTo("Received fatal alert: internal_error");
    }
}
