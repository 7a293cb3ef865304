package io.jenkins.plugins.argopreflight.testing.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Images of one empty layer, pushed as the OCI distribution specification says. */
final class TinyImage {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final byte[] EMPTY_TAR = new byte[1024];
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** The destination of a push, with the whole Authorization header. */
    record Target(String url, String repository, String authorization) {}

    private TinyImage() {}

    /** Returns the digest. */
    static String push(Target target, String tag, String architecture) {
        return put(target, tag, MANIFEST, manifest(target, architecture));
    }

    static String pushIndex(Target target, String tag, List<String> architectures) {
        List<Object> manifests = new ArrayList<>();
        for (String architecture : architectures) {
            byte[] manifest = manifest(target, architecture);
            put(target, digest(manifest), MANIFEST, manifest);
            manifests.add(Map.of(
                    "mediaType",
                    MANIFEST,
                    "digest",
                    digest(manifest),
                    "size",
                    manifest.length,
                    "platform",
                    Map.of("os", "linux", "architecture", architecture)));
        }
        return put(target, tag, INDEX, json(Map.of("schemaVersion", 2, "mediaType", INDEX, "manifests", manifests)));
    }

    private static byte[] manifest(Target target, String architecture) {
        byte[] layer = gzip(EMPTY_TAR);
        byte[] config = json(Map.of(
                "architecture",
                architecture,
                "os",
                "linux",
                "config",
                Map.of("Entrypoint", List.of("/bin/app"), "Cmd", List.of("--help")),
                "rootfs",
                Map.of("type", "layers", "diff_ids", List.of(digest(EMPTY_TAR)))));
        return json(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                MANIFEST,
                "config",
                blob(target, CONFIG, config),
                "layers",
                List.of(blob(target, LAYER, layer))));
    }

    private static Map<String, Object> blob(Target target, String mediaType, byte[] content) {
        String uploads = target.url() + "/v2/" + target.repository() + "/blobs/uploads/";
        String location = send(target, "POST", uploads, "application/octet-stream", new byte[0])
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String upload = URI.create(uploads).resolve(location).toString();
        String separator = upload.contains("?") ? "&" : "?";
        send(target, "PUT", upload + separator + "digest=" + digest(content), "application/octet-stream", content);
        return Map.of("mediaType", mediaType, "digest", digest(content), "size", content.length);
    }

    private static String put(Target target, String reference, String mediaType, byte[] manifest) {
        String url = target.url() + "/v2/" + target.repository() + "/manifests/" + reference;
        send(target, "PUT", url, mediaType, manifest);
        return digest(manifest);
    }

    private static HttpResponse<String> send(Target target, String method, String url, String type, byte[] body) {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", target.authorization())
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofByteArray(body))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        method + " " + url + ": " + response.statusCode() + " " + response.body());
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + method + " " + url, e);
        }
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writeValueAsString(value).getBytes(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] content) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
