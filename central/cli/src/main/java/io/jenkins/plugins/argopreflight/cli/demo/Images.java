package io.jenkins.plugins.argopreflight.cli.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** The images of a registry: a manifest and a configuration for each tag, without layers. */
public final class Images {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    private record Content(String mediaType, String body, String digest) {
        static Content of(String mediaType, String body) {
            return new Content(mediaType, body, digestOf(body));
        }
    }

    private final Map<String, Content> contents = new HashMap<>();
    private final Set<String> repositories = new HashSet<>();

    /** Adds an image for linux/amd64 that runs {@code /bin/app}. */
    public Images add(String repository, String tag) {
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        configuration.put("architecture", "amd64").put("os", "linux");
        configuration
                .putObject("config")
                .put("User", "1000")
                .putArray("Entrypoint")
                .add("/bin/app");
        configuration.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        Content blob = Content.of(CONFIG, configuration.toString());

        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("schemaVersion", 2).put("mediaType", MANIFEST);
        manifest.putObject("config")
                .put("mediaType", CONFIG)
                .put("size", blob.body().length())
                .put("digest", blob.digest());
        manifest.putArray("layers");
        Content top = Content.of(MANIFEST, manifest.toString());

        repositories.add(repository);
        contents.put(repository + "/blobs/" + blob.digest(), blob);
        contents.put(repository + "/manifests/" + tag, top);
        contents.put(repository + "/manifests/" + top.digest(), top);
        return this;
    }

    DemoResponse content(String repository, String kind, String reference) {
        Content content = contents.get(repository + "/" + kind + "/" + reference);
        if (content != null) {
            return new DemoResponse(
                    200, content.mediaType(), Map.of("Docker-Content-Digest", content.digest()), content.body());
        }
        if (!repositories.contains(repository)) {
            return DemoResponse.error(404, "NAME_UNKNOWN", "repository name not known to registry");
        }
        return kind.equals("blobs")
                ? DemoResponse.error(404, "BLOB_UNKNOWN", "blob unknown to registry")
                : DemoResponse.error(404, "MANIFEST_UNKNOWN", "manifest unknown");
    }

    private static String digestOf(String body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
