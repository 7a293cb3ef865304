package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.util.go.GoBytes;
import io.jenkins.plugins.argopreflight.engine.util.go.GoUrl;
import java.util.Optional;

/**
 * A registry key or an image in the form that the kubelet compares (URLsMatch in kubernetes'
 * pkg/credentialprovider/keyring.go).
 *
 * @param labels the dot-separated labels of the host; each char is one byte, as {@link GoBytes} writes them
 * @param port the port, or ""
 * @param path the path with its leading slash, or ""
 */
record RegistryUrl(String[] labels, String port, String path) {

    /** Returns the part of a key that the kubelet compares: without scheme, /v1 and /v2. Empty if it skips the key. */
    static Optional<String> normalise(String written) {
        String key = GoBytes.of(written);
        String bare =
                key.startsWith("https://") ? key.substring(8) : key.startsWith("http://") ? key.substring(7) : key;
        return GoUrl.parse(bare).map(url -> {
            String path = url.path();
            if (path.startsWith("/v1/") || path.startsWith("/v2/")) {
                path = path.substring(3);
            }
            return path.equals("/") ? url.host() : url.host() + path;
        });
    }

    /** Reads a normalised key, or the full name of a repository; empty if the kubelet never matches it. */
    static Optional<RegistryUrl> parse(String normalised) {
        return GoUrl.parse(normalised)
                .map(url -> new RegistryUrl(url.hostname().split("\\.", -1), url.port(), url.path()));
    }

    /** Returns whether this key matches an image. */
    boolean matches(RegistryUrl image) {
        if (!port.equals(image.port) || labels.length != image.labels.length || !image.path.startsWith(path)) {
            return false;
        }
        for (int i = 0; i < labels.length; i++) {
            if (!HostGlob.matches(labels[i], image.labels[i])) {
                return false;
            }
        }
        return true;
    }
}
