package io.jenkins.plugins.argopreflight.engine.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A recorded exchange with one kind of registry, replayed by a loopback server for each of its hosts. */
public final class RegistryFixture implements AutoCloseable {

    public static final String PASSWORD = "canary-pa55word";

    private final JsonNode content;
    private final Map<String, Loopback> hosts = new LinkedHashMap<>();

    public RegistryFixture(Path file) {
        try {
            content = new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        content.path("exchanges")
                .forEach(e -> hosts.computeIfAbsent(
                        e.path("host").asText(), host -> new Loopback(exchange -> replay(host, exchange))));
    }

    public JsonNode content() {
        return content;
    }

    public ImageReference image() {
        return ImageReference.parse(content.path("image").asText());
    }

    public Optional<Login> login() {
        return Optional.of(content.path("user").asText(""))
                .filter(user -> !user.isEmpty())
                .map(user -> new Login(user, Password.of(password())));
    }

    public RegistrySettings settings() {
        RegistrySettings.Builder builder = RegistrySettings.builder();
        hosts.forEach((host, server) -> builder.address(host, server.url()));
        return builder.build();
    }

    @Override
    public void close() {
        hosts.values().forEach(Loopback::close);
    }

    private String password() {
        return content.path("password").asText(PASSWORD);
    }

    private void replay(String host, HttpExchange exchange) throws IOException {
        Optional<JsonNode> recorded = content.path("exchanges")
                .valueStream()
                .filter(e -> e.path("host").asText().equals(host) && matches(e, exchange))
                .findFirst();
        if (recorded.isEmpty()) {
            Loopback.answer(exchange, 599, Map.of(), "no such exchange was recorded");
            return;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        recorded.get()
                .path("headers")
                .properties()
                .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
        JsonNode body = recorded.get().path("body");
        String text = body.isTextual() ? body.asText() : body.isMissingNode() ? "" : body.toString();
        Loopback.answer(exchange, recorded.get().path("status").asInt(), headers, text);
    }

    private boolean matches(JsonNode recorded, HttpExchange exchange) {
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        String basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (content.path("user").asText() + ":" + password()).getBytes(StandardCharsets.UTF_8));
        boolean authorized =
                switch (recorded.path("authorization").asText()) {
                    case "none" -> sent == null;
                    case "basic" -> basic.equals(sent);
                    case "bearer" -> sent != null && sent.startsWith("Bearer ");
                    default -> true;
                };
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        return authorized
                && recorded.path("path")
                        .asText()
                        .equals(exchange.getRequestURI().getRawPath())
                && query.contains(recorded.path("query").asText(""))
                && recorded.path("method").asText(exchange.getRequestMethod()).equals(exchange.getRequestMethod());
    }
}
