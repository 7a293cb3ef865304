package io.jenkins.plugins.argopreflight.engine.registry.pull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.util.json.UntrustedJson;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A key in a Secret that was probably meant for an image and does not match it.
 *
 * @param key the key as written in the Secret
 * @param difference the reason why it does not match
 * @param expectedKey the key to write instead
 */
public record SimilarKey(String key, String difference, String expectedKey) {

    private static final ObjectMapper JSON = new ObjectMapper(UntrustedJson.factory());
    private static final Set<String> HUB = Set.of(
            "docker.io",
            "index.docker.io",
            "registry-1.docker.io",
            "registry.hub.docker.com",
            "hub.docker.com",
            "registry.docker.io",
            "auth.docker.io");

    /** Returns the first key of a Secret that is so similar to the image's registry that it is probably a mistake. */
    static Optional<SimilarKey> find(List<String> keys, ImageReference image) {
        String expectedKey = image.isDockerHub() ? RegistryKey.DOCKER_HUB : image.registry();
        return keys.stream()
                .flatMap(key -> difference(key, image)
                        .map(difference ->
                                new SimilarKey(key.replaceFirst("//[^/]*@", "//***@"), difference, expectedKey))
                        .stream())
                .findFirst();
    }

    /** Returns the difference of a similar key; empty for a key that is not similar. */
    private static Optional<String> difference(String key, ImageReference image) {
        String bare = key.replaceFirst("(?i)^https?://", "").replaceFirst("^.*@", "");
        String authority = bare.replaceFirst("/.*$", "");
        String path = bare.substring(authority.length());
        String host = authority.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        String imageHost = image.registry().replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        if (image.isDockerHub()) {
            return HUB.contains(host) ? Optional.of("no image of Docker Hub matches it") : Optional.empty();
        }
        if (host.equals(imageHost)) {
            return Optional.of(differenceOfSameHost(authority, path, image));
        }
        if (host.contains("*")) {
            return imageHost.endsWith(host.replaceFirst("^.*\\*", ""))
                    ? Optional.of("* matches exactly one label of the host")
                    : Optional.empty();
        }
        boolean isSubdomain = host.endsWith("." + imageHost) || imageHost.endsWith("." + host);
        if (isSubdomain && host.contains(".")) {
            return Optional.of("it is another host");
        }
        return SimilarNames.distance(host, imageHost) <= 2
                ? Optional.of("it is spelled differently")
                : Optional.empty();
    }

    private static String differenceOfSameHost(String authority, String path, ImageReference image) {
        if (authority.equals(image.registry())) {
            boolean isApiVersion = path.equals("/v1") || path.equals("/v2");
            return isApiVersion
                    ? "the kubelet treats " + path + " without a slash after it as a path"
                    : "its path " + path + " is not how " + image.path() + " begins";
        }
        return authority.equalsIgnoreCase(image.registry())
                ? "hosts are compared letter by letter, in lower and upper case"
                : "its port differs, and :443 is not the same as none";
    }

    /** Returns the registry keys of a Secret as written in it. */
    static List<String> keys(PullSecret secret) {
        List<String> keys = new ArrayList<>();
        try {
            JsonNode root = JSON.readTree(secret.payload().map(p -> p.reveal()).orElse("{}"));
            JsonNode auths = root != null && root.path("auths").isObject() ? root.path("auths") : root;
            if (auths != null && auths.isObject()) {
                auths.properties().forEach(entry -> keys.add(entry.getKey()));
            }
        } catch (JsonProcessingException e) {
            // A malformed Secret is reported by the keyring.
        }
        return keys;
    }
}
