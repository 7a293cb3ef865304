package io.jenkins.plugins.argopreflight.engine.pull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.PullSecret;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.kube.UntrustedJson;
import io.jenkins.plugins.argopreflight.engine.manifest.SimilarNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A key in a Secret that was probably meant for an image and does not match it.
 *
 * @param key the key as written in the Secret
 * @param why the reason why it does not match
 * @param write the key to write instead
 */
public record NearKey(String key, String why, String write) {

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
    static Optional<NearKey> find(List<String> keys, ImageReference image) {
        return keys.stream()
                .map(key -> compare(key, image))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<NearKey> compare(String key, ImageReference image) {
        String bare = key.replaceFirst("(?i)^https?://", "").replaceFirst("^.*@", "");
        String authority = bare.replaceFirst("/.*$", "");
        String path = bare.substring(authority.length());
        String host = authority.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        String imageHost = image.registry().replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        String write = image.isDockerHub() ? RegistryKey.DOCKER_HUB : image.registry();
        if (image.isDockerHub()) {
            return HUB.contains(host) ? near(key, "no image of Docker Hub matches it", write) : Optional.empty();
        }
        if (host.equals(imageHost)) {
            return near(key, sameHost(authority, path, image), write);
        }
        if (host.startsWith("*.") || host.contains("*")) {
            return imageHost.endsWith(host.replaceFirst("^.*\\*", ""))
                    ? near(key, "* matches exactly one label of the host", write)
                    : Optional.empty();
        }
        boolean isSubdomain = host.endsWith("." + imageHost) || imageHost.endsWith("." + host);
        if (isSubdomain && host.contains(".")) {
            return near(key, "it is another host", write);
        }
        return SimilarNames.distance(host, imageHost) <= 2
                ? near(key, "it is spelled differently", write)
                : Optional.empty();
    }

    private static String sameHost(String authority, String path, ImageReference image) {
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

    private static Optional<NearKey> near(String key, String why, String write) {
        return Optional.of(new NearKey(key.replaceFirst("//[^/]*@", "//***@"), why, write));
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
