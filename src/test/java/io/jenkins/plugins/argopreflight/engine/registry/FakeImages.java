package io.jenkins.plugins.argopreflight.engine.registry;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.MediaTypes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An open registry on loopback with what a test puts into it; whatever else is asked is not there. */
final class FakeImages implements AutoCloseable {

    static final String HOST = "registry.example.com";

    private record Content(int status, Map<String, String> headers, String body) {}

    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    private final Loopback server = new Loopback(this::handle);

    Loopback server() {
        return server;
    }

    RegistryProbe probe() {
        return new RegistryProbe(
                RegistrySettings.builder().address(HOST, server.url()).build());
    }

    /** Answers this below {@code /v2/}. */
    FakeImages put(String path, String type, String body) {
        return put(path, 200, Map.of("Content-Type", type), body);
    }

    FakeImages put(String path, int status, Map<String, String> headers, String body) {
        contents.put("/v2/" + path, new Content(status, headers, body));
        return this;
    }

    /** Puts a configuration and a manifest of it; returns the manifest's digest. */
    String image(String repository, String tag, String config) {
        String manifest = manifest(MediaTypes.OCI_MANIFEST, "application/vnd.oci.image.config.v1+json", digest(config));
        put(repository + "/blobs/" + digest(config), "application/octet-stream", config);
        put(repository + "/manifests/" + tag, MediaTypes.OCI_MANIFEST, manifest);
        put(repository + "/manifests/" + digest(manifest), MediaTypes.OCI_MANIFEST, manifest);
        return digest(manifest);
    }

    static String manifest(String type, String configType, String digest) {
        return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"%s\",\"digest\":\"%s\"}}"
                .formatted(type, configType, digest);
    }

    static String config(String architecture, String config) {
        return "{\"os\":\"linux\",\"architecture\":\"%s\",\"config\":%s}".formatted(architecture, config);
    }

    static String entry(String digest, String platform) {
        String[] parts = platform.split("/");
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"platform\":{\"os\":\"%s\",\"architecture\":\"%s\"}}"
                .formatted(MediaTypes.OCI_MANIFEST, digest, parts[0], parts[1]);
    }

    static String index(String... entries) {
        return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
                .formatted(MediaTypes.OCI_INDEX, String.join(",", entries));
    }

    static String digest(String content) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Content content = contents.getOrDefault(
                exchange.getRequestURI().getPath(),
                new Content(404, Map.of(), "{\"errors\":[{\"code\":\"NAME_UNKNOWN\",\"message\":\"nothing here\"}]}"));
        Loopback.answer(exchange, content.status(), content.headers(), content.body());
    }

    @Override
    public void close() {
        server.close();
    }
}
