package io.jenkins.plugins.argopreflight.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * The token server of a registry: a wrong login is refused with 401, a right one gets a token for those of the wanted
 * scopes that it may have, as https://distribution.github.io/distribution/spec/auth/token/ describes.
 */
final class TokenIssuer implements AutoCloseable {

    static final String ISSUER = "argo-preflight-test";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair key = RealCluster.key();
    private final RealRegistry registry;
    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    TokenIssuer(RealRegistry registry) {
        this.registry = registry;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "token-issuer");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/token", this::handle);
        server.start();
    }

    /**
     * Returns the realm with a host name: crane and the Argo controller refuse a realm with a loopback or private IP
     * address.
     */
    String realm() {
        return "http://localhost:" + server.getAddress().getPort() + "/token";
    }

    /** The queries that it was asked, oldest first. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** The public key in the form that distribution's {@code auth.token.jwks} reads. */
    void writeJwks(Path file) {
        ECPoint point = ((ECPublicKey) key.getPublic()).getW();
        Map<String, String> jwk = Map.of(
                "kty",
                "EC",
                "crv",
                "P-256",
                "alg",
                "ES256",
                "use",
                "sig",
                "kid",
                "k",
                "x",
                coordinate(point.getAffineX()),
                "y",
                coordinate(point.getAffineY()));
        try {
            Files.write(file, JSON.writeValueAsBytes(Map.of("keys", List.of(jwk))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Big-endian, padded to 32 bytes. */
    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] last = new byte[32];
        int length = Math.min(bytes.length, last.length);
        System.arraycopy(bytes, bytes.length - length, last, last.length - length, length);
        return BASE64URL.encodeToString(last);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            requests.add(query);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            String user = "";
            if (authorization != null) {
                String login = authorization.startsWith("Basic ")
                        ? new String(Base64.getDecoder().decode(authorization.substring(6)), UTF_8)
                        : "";
                int colon = login.indexOf(':');
                if (colon < 0 || !registry.accepts(login.substring(0, colon), login.substring(colon + 1))) {
                    answer(exchange, 401, Map.of("details", "incorrect username or password"));
                    return;
                }
                user = login.substring(0, colon);
            }
            List<String> scopes = new ArrayList<>();
            for (String parameter : query.split("&")) {
                if (parameter.startsWith("scope=")) {
                    scopes.addAll(List.of(
                            URLDecoder.decode(parameter.substring(6), UTF_8).split(" ")));
                }
            }
            answer(exchange, 200, Map.of("token", token(user, scopes), "expires_in", 300));
        }
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** A token for what this user may have of {@code repository:NAME:ACTION,ACTION}. */
    String token(String user, List<String> scopes) {
        List<Map<String, Object>> access = new ArrayList<>();
        for (String scope : scopes) {
            String[] parts = scope.split(":");
            if (parts.length == 3) {
                List<String> actions = Arrays.stream(parts[2].split(","))
                        .filter(action -> registry.allows(user, parts[1], action))
                        .toList();
                access.add(Map.of("type", parts[0], "name", parts[1], "actions", actions));
            }
        }
        long now = Instant.now().getEpochSecond();
        return sign(
                Map.of("typ", "JWT", "alg", "ES256", "kid", "k"),
                Map.of(
                        "iss",
                        ISSUER,
                        "sub",
                        user,
                        "aud",
                        RealRegistry.SERVICE,
                        "jti",
                        UUID.randomUUID().toString(),
                        "iat",
                        now,
                        "nbf",
                        now - 10,
                        "exp",
                        now + 300,
                        "access",
                        access));
    }

    private String sign(Map<String, ?> header, Map<String, ?> claims) {
        try {
            String content = BASE64URL.encodeToString(JSON.writeValueAsBytes(header)) + "."
                    + BASE64URL.encodeToString(JSON.writeValueAsBytes(claims));
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key.getPrivate());
            signature.update(content.getBytes(UTF_8));
            return content + "." + BASE64URL.encodeToString(signature.sign());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
