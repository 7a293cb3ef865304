package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An index of credentials by normalised key. The greatest key is first, as in the searches of the kubelet and the Argo
 * controller.
 */
final class KeyIndex {

    private final SortedMap<String, List<StoredCredential>> credentials = new TreeMap<>(Collections.reverseOrder());
    private final Map<String, Optional<RegistryUrl>> urls = new HashMap<>();

    /** Adds an entry of a Secret. Returns false if its key is not a URL. */
    boolean add(String secret, String key, StoredAuth auth) {
        Optional<String> normalised = RegistryUrl.normalise(key);
        normalised.ifPresent(url -> {
            urls.computeIfAbsent(url, RegistryUrl::parse);
            credentials.computeIfAbsent(url, k -> new ArrayList<>()).add(auth.toCredential(secret, key));
        });
        return normalised.isPresent();
    }

    /** Returns the credentials whose key matches the full name of a repository. */
    List<StoredCredential> matching(String repository) {
        List<StoredCredential> found = new ArrayList<>();
        RegistryUrl.parse(repository)
                .ifPresent(image -> credentials.forEach((key, all) -> {
                    if (urls.getOrDefault(key, Optional.empty())
                            .filter(url -> url.matches(image))
                            .isPresent()) {
                        found.addAll(all);
                    }
                }));
        return found;
    }

    /** Returns the credentials with exactly this normalised key. */
    List<StoredCredential> withKey(String normalised) {
        return credentials.getOrDefault(normalised, List.of());
    }
}
