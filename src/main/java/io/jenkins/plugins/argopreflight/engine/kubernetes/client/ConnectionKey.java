package io.jenkins.plugins.argopreflight.engine.kubernetes.client;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.util.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;

/** A hash of the server, trust, login and impersonation of a connection. It is equal only for equal connections. */
final class ConnectionKey {

    private ConnectionKey() {}

    /**
     * Returns the hash of a connection.
     *
     * @param more further values of the connection, such as its proxy, that must be equal for an equal hash
     */
    static String of(ClusterEndpoint endpoint, String... more) {
        ClusterLogin login = endpoint.login();
        Stream<String> certificate = login.certificate().stream()
                .flatMap(each -> Stream.of(each.chain(), each.key().reveal()));
        Stream<String> server = Stream.of(
                endpoint.server(),
                endpoint.trust().authority(),
                String.valueOf(endpoint.trust().skipVerify()),
                endpoint.trust().serverName(),
                endpoint.as(),
                endpoint.asGroups().toString());
        return digest(Stream.of(Stream.of(more), server, header(login.header()), certificate)
                .flatMap(part -> part));
    }

    private static Stream<String> header(ClusterLogin.Header header) {
        if (header instanceof ClusterLogin.Basic basic) {
            return Stream.of("basic", basic.username(), basic.password().reveal());
        }
        if (header instanceof ClusterLogin.Bearer bearer) {
            return bearer.token() instanceof RequestedToken requested
                    ? Stream.of("requested", requested.key())
                    : Stream.of("bearer", bearer.token().get().reveal());
        }
        return Stream.of("none");
    }

    /** Returns a hash of texts. The length before each text keeps texts apart. */
    static String digest(Stream<String> parts) {
        MessageDigest digest = Sha256.digest();
        parts.map(part -> part.getBytes(StandardCharsets.UTF_8)).forEach(part -> {
            digest.update((part.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(part);
        });
        return HexFormat.of().formatHex(digest.digest());
    }
}
