package io.jenkins.plugins.argopreflight.engine.registry;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A registry with token authentication: anyone pulls {@code public/*}, a login pulls {@code USER/*}; tags that begin
 * with {@code no} are not there, and what is called {@code bare} has manifests only. A wrong login is refused, even for public images. Every image is the same.
 */
public final class TokenRegistry implements AutoCloseable {

    private static final String CONFIG =
            "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Entrypoint\":[\"/tool\"],\"Cmd\":[\"run\"]}}";
    private static final String MANIFEST = "{\"schemaVersion\":2,\"config\":{\"digest\":\"" + digest(CONFIG)
            + "\",\"size\":" + CONFIG.length() + "},\"layers\":[]}";
    private static final Map<String, String> MANIFEST_HEADERS = Map.of(
            "Content-Type", "application/vnd.oci.image.manifest.v1+json", "Docker-Content-Digest", digest(MANIFEST));

    private final String name;
    private final String realm;
    private final Map<String, String> logins;
    private final Runnable before;
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
        this.before = () -> sleep(delayMillis);
        this.server = new Loopback(this::handle);
    }

    private TokenRegistry(Map<String, String> logins, Runnable before) {
        this.logins = logins;
        this.before = before;
        this.server = new Loopback(this::handle);
        this.name = "localhost:" + server.port();
        this.realm = "http://" + name + "/token";
    }

    /** A registry that is reached as localhost, by programs other than ours too. */
    public static TokenRegistry onLocalhost(Map<String, String> logins, long delayMillis) {
        return onLocalhost(logins, () -> sleep(delayMillis));
    }

    /** @param before what is done at each request's arrival: waits, or holds it back */
    public static TokenRegistry onLocalhost(Map<String, String> logins, Runnable before) {
        return new TokenRegistry(logins, before);
    }

    /** Returns the name of the registry in an image. */
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
        before.run();
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
        String[] parts = path.substring("/v2/".length()).split("/(manifests|blobs)/", 2);
        String challenge =
                "Bearer realm=\"" + realm + "\",service=\"" + name + "\",scope=\"repository:" + parts[0] + ":pull\"";
        if (!sent.equals("Bearer granted-" + parts[0].replace('/', '.'))) {
            String refused = sent.startsWith("Bearer ") ? challenge + ",error=\"insufficient_scope\"" : challenge;
            error(exchange, 401, Map.of("WWW-Authenticate", refused), "UNAUTHORIZED", "authentication required");
        } else if (parts[1].startsWith("no")) {
            error(exchange, 404, Map.of(), "MANIFEST_UNKNOWN", "manifest unknown");
        } else if (path.contains("/bare/blobs/")) {
            error(exchange, 403, Map.of(), "DENIED", "no right to read blobs");
        } else if (path.contains("/blobs/")) {
            Loopback.answer(exchange, 200, Map.of(), CONFIG);
        } else if (path.contains("/bare/")) {
            String typed = "\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\"";
            Loopback.answer(exchange, 200, MANIFEST_HEADERS, MANIFEST.replace("\"digest\"", typed));
        } else {
            Loopback.answer(exchange, 200, MANIFEST_HEADERS, MANIFEST);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String digest(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void error(
            HttpExchange exchange, int status, Map<String, String> headers, String code, String message)
            throws IOException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        Loopback.answer(
                exchange, status, all, "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}");
    }
}
