package io.jenkins.plugins.argopreflight.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A request to the demo's registry, with its credentials. */
record DemoRequest(String method, String path, Map<String, String> query, String authorization) {

    /** The user name and password of a Basic authorization. */
    record Basic(String username, String password) {}

    static DemoRequest of(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(decoded(parts[0]), parts.length == 2 ? decoded(parts[1]) : "");
        }
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        return new DemoRequest(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query,
                authorization == null ? "" : authorization);
    }

    /** Returns the Basic credentials; empty if there are none, or if they cannot be parsed. */
    Optional<Basic> basic() {
        if (!authorization.startsWith("Basic ")) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
            String[] parts = new String(bytes, StandardCharsets.UTF_8).split(":", 2);
            return parts.length == 2 ? Optional.of(new Basic(parts[0], parts[1])) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Optional<String> bearer() {
        return authorization.startsWith("Bearer ")
                ? Optional.of(authorization.substring("Bearer ".length()))
                : Optional.empty();
    }

    /** Returns method and path, since the other components contain credentials. */
    @Override
    public String toString() {
        return method + " " + path;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
