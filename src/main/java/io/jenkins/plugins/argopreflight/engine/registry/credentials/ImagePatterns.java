package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Patterns of images such as {@code *.dkr.ecr.*.amazonaws.com}, compared as the kubelet compares the
 * {@code matchImages} of its CredentialProviderConfig: like the keys of pull Secrets.
 *
 * @see <a href="https://kubernetes.io/docs/reference/config-api/kubelet-config.v1/#CredentialProvider">matchImages</a>
 */
public final class ImagePatterns {

    private static final String DOCKER_HUB = "docker.io";

    private final Map<String, RegistryUrl> patterns = new LinkedHashMap<>();

    private ImagePatterns() {}

    /**
     * Reads patterns.
     *
     * @throws DockerConfigException if a pattern can match no image, with one sentence: what, where, do this
     */
    public static ImagePatterns of(List<String> written) {
        ImagePatterns all = new ImagePatterns();
        for (String each : written) {
            String key = RegistryKey.canonical(each.strip());
            String pattern = key.equals(RegistryKey.DOCKER_HUB) ? DOCKER_HUB : key;
            RegistryUrl.parse(pattern).ifPresent(url -> all.patterns.put(each.strip(), url));
        }
        return all;
    }

    /** Returns the first pattern that an image matches, as it was written. */
    public Optional<String> matching(ImageReference image) {
        return RegistryUrl.parse(image.repository())
                .flatMap(url -> patterns.entrySet().stream()
                        .filter(each -> each.getValue().matches(url))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }
}
