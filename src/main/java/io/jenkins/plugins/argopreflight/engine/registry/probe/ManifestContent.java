package io.jenkins.plugins.argopreflight.engine.registry.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.MediaTypes;
import io.jenkins.plugins.argopreflight.engine.util.http.OneLine;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.json.UntrustedJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The parts of a manifest or an index that a probe of an image needs
 * (<a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">image-spec</a>).
 *
 * @param index whether the content is an index
 * @param entries the images of an index, from which a node chooses one; or the configuration of a manifest
 */
public record ManifestContent(boolean index, List<Entry> entries) {

    /**
     * An image or a configuration, by its digest.
     *
     * @param platform such as {@code linux/amd64}; empty if it is not reported
     */
    public record Entry(String digest, Optional<String> platform) {}

    private static final ObjectMapper JSON = new ObjectMapper(UntrustedJson.factory());
    private static final Pattern DIGEST = Pattern.compile("sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}");
    /** The platform of attestations. */
    private static final Optional<String> UNKNOWN = Optional.of("unknown/unknown");

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1,40}");

    /**
     * Reads a manifest or an index.
     *
     * @param contentType the type that the registry reports; if this is not the type of an image, the content's own
     *     {@code mediaType} is used
     */
    public static ManifestContent of(String contentType, byte[] body) throws Unreadable {
        JsonNode json = json("manifest", body);
        String declared = MediaTypes.bare(contentType);
        String type = MediaTypes.isIndex(declared) || MediaTypes.isManifest(declared)
                ? declared
                : Json.text(json, "mediaType");
        boolean index = MediaTypes.isIndex(type) || !MediaTypes.isManifest(type) && json.has("manifests");
        if (!index && !MediaTypes.isManifest(type) && !json.path("config").has("digest")) {
            throw new Unreadable("its manifest is of type \"" + OneLine.of(type.isEmpty() ? declared : type, 100)
                    + "\", which is no image's");
        }
        return index ? index(json) : manifest(json);
    }

    static JsonNode json(String what, byte[] body) throws Unreadable {
        try {
            JsonNode json = JSON.readTree(new String(body, StandardCharsets.UTF_8));
            if (json != null && json.isObject()) {
                return json;
            }
            throw new Unreadable("its " + what + " is not a JSON object");
        } catch (JsonProcessingException e) {
            throw new Unreadable("its " + what + " is not JSON, or was cut off");
        }
    }

    /** Returns {@code OS/ARCHITECTURE[/VARIANT]}; empty unless operating system and architecture are reported. */
    static Optional<String> platform(JsonNode node) {
        String os = Json.text(node, "os");
        String architecture = Json.text(node, "architecture");
        String variant = Json.text(node, "variant");
        boolean declared =
                WORD.matcher(os).matches() && WORD.matcher(architecture).matches();
        String detail = WORD.matcher(variant).matches() ? "/" + variant : "";
        return declared ? Optional.of(os + "/" + architecture + detail) : Optional.empty();
    }

    /**
     * Reads an index. A node chooses an entry only by its platform (containerd core/images/image.go, Manifest). So an
     * artifact with a platform is an entry. Attestations, whose platform no node has, are entries only if there are no
     * others.
     */
    private static ManifestContent index(JsonNode json) throws Unreadable {
        List<Entry> entries = new ArrayList<>();
        List<Entry> attestations = new ArrayList<>();
        for (JsonNode one : json.path("manifests")) {
            Optional<String> platform = platform(one.path("platform"));
            String type = Json.text(one, "mediaType");
            boolean image = type.isEmpty() || MediaTypes.isManifest(type) || MediaTypes.isIndex(type);
            boolean artifact =
                    one.has("artifactType") || one.path("annotations").has("vnd.docker.reference.type");
            if (image && (platform.isPresent() || !artifact)) {
                (platform.equals(UNKNOWN) ? attestations : entries).add(new Entry(digest(one), platform));
            }
        }
        if (entries.isEmpty() && attestations.isEmpty()) {
            throw new Unreadable("its index lists no image");
        }
        return new ManifestContent(/* index= */ true, List.copyOf(entries.isEmpty() ? attestations : entries));
    }

    private static ManifestContent manifest(JsonNode json) throws Unreadable {
        String type = Json.text(json, "config", "mediaType");
        if (!MediaTypes.isConfig(type)) {
            throw new Unreadable("it is no container image but an artifact (its configuration is of type \""
                    + OneLine.of(type, 100) + "\")");
        }
        return new ManifestContent(
                /* index= */ false, List.of(new Entry(digest(json.path("config")), Optional.empty())));
    }

    private static String digest(JsonNode descriptor) throws Unreadable {
        String digest = Json.text(descriptor, "digest");
        if (!DIGEST.matcher(digest).matches()) {
            throw new Unreadable("its manifest holds something that is not a digest");
        }
        return digest;
    }
}
