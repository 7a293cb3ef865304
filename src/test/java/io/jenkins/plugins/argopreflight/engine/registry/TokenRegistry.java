package io.jenkins.plugins.argopreflight.engine.registry;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * A registry with token authentication: anyone pulls {@code public/*}, a login pulls {@code USER/*}; tags that begin
 * with {@code no} are not there. A wrong login is refused, even for public images.
 */
public final class TokenRegistry implements AutoCloseable {

    private static final Map<String, String> MANIFEST = Map.of(
            "Content-Type", "application/vnd.oci.image.index.v1+json",
            "Docker-Content-Digest", "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");

    private final String name;
    private final String realm;
    private final Map<String, String> logins;
    private final long delayMillis;
    private final Loopback server;

    /**
     * A registry that is reached by a name of its own.
     *
     * @param delayMillis how long every answer takes
     */
    public TokenRegistry(String name, Map<String, String> logins, long delayMillis) {
        this.name = name;
        this.realm = "https://" + name + "/token";
        this.logins = logins;
        this.delayMillis = delayMillis;
        this.server = new Loopback(this::handle);
    }

    private TokenRegistry(Map<String, String> logins, long delayMillis) {
        this.logins = logins;
        this.delayMillis = delayMillis;
        this.server = new Loopback(this::handle);
        this.name = "localhost:" + server.port();
        this.realm = "http://" + name + "/token";
    }

    /** A registry that is reached as localhost, by programs other than ours too. */
    public static TokenRegistry onLocalhost(Map<String, String> logins, long delayMillis) {
        return new TokenRegistry(logins, delayMillis);
    }

    /** Its name in an image. */
    public String name() {
        return name;
    }

    public Loopback server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            Thread.sleep(delayMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String path = exchange.getRequestURI().getPath();
        String sent = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (path.equals("/token")) {
            token(exchange, sent);
        } else {
            manifest(exchange, path, sent);
        }
    }

    private void token(HttpExchange exchange, String sent) throws IOException {
        String user = "";
        if (sent.startsWith("Basic ")) {
            byte[] decoded = Base64.getDecoder().decode(sent.substring(6));
            String[] pair = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
            if (!pair[1].equals(logins.get(pair[0]))) {
                error(exchange, 401, Map.of(), "UNAUTHORIZED", "incorrect username or password");
                return;
            }
            user = pair[0];
        }
        String query = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
        String scope = query.replaceAll("^.*scope=repository:([^:]*):pull.*$", "$1");
        boolean granted = scope.startsWith("public/") || !user.isEmpty() && scope.startsWith(user + "/");
        String token = granted ? "granted-" + scope.replace('/', '.') : "useless";
        Loopback.answer(exchange, 200, Map.of("Content-Type", "application/json"), "{\"token\":\"" + token + "\"}");
    }

    private void manifest(HttpExchange exchange, String path, String sent) throws IOException {
        String[] parts = path.substring("/v2/".length()).split("/manifests/", 2);
        String challenge =
                "Bearer realm=\"" + realm + "\",service=\"" + name + "\",scope=\"repository:" + parts[0] + ":pull\"";
        if (!sent.equals("Bearer granted-" + parts[0].replace('/', '.'))) {
            String refused = sent.startsWith("Bearer ") ? challenge + ",error=\"insufficient_scope\"" : challenge;
            error(exchange, 401, Map.of("WWW-Authenticate", refused), "UNAUTHORIZED", "authentication required");
        } else if (parts[1].startsWith("no")) {
            error(exchange, 404, Map.of(), "MANIFEST_UNKNOWN", "manifest unknown");
        } else {
            Loopback.answer(exchange, 200, MANIFEST, "{}");
        }
    }

    private static void error(
            HttpExchange exchange, int status, Map<String, String> headers, String code, String message)
            throws IOException {
        Loopback.answer(
                exchange,
                status,
                headers,
                "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}");
    }
}
