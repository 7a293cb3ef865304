package io.jenkins.plugins.argopreflight.engine.dockerconfig;

import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which credentials the kubelet takes for an image, in its order: the rules of kubernetes'
 * <a href="https://github.com/kubernetes/kubernetes/tree/v1.34.4/pkg/credentialprovider">pkg/credentialprovider</a>
 * (keyring.go, config.go, secrets/secrets.go), held equal to that package by a test.
 */
public final class KubeletKeyring implements Keyring {

    private static final String DOCKER_HUB = "index.docker.io";

    /** By normalised key, the greatest first. */
    private final SortedMap<String, List<StoredCredential>> index = new TreeMap<>(Collections.reverseOrder());

    private final Map<String, RegistryUrl> urls = new HashMap<>();
    private final List<KeyringNote> notes = new ArrayList<>();
    private Optional<String> error = Optional.empty();

    private KubeletKeyring() {}

    /** Reads the Secrets in their order, which is that of the pod's {@code imagePullSecrets}. */
    public static KubeletKeyring of(List<PullSecret> secrets) {
        KubeletKeyring keyring = new KubeletKeyring();
        for (PullSecret secret : secrets) {
            keyring.add(secret);
        }
        keyring.index.keySet().forEach(key -> RegistryUrl.parse(key).ifPresent(url -> keyring.urls.put(key, url)));
        return keyring;
    }

    /**
     * {@inheritDoc} Where two keys of one Secret mean the same the kubelet's own order is random; here it is the
     * Secret's, and a note tells.
     */
    @Override
    public CredentialLookup lookup(ImageReference image) {
        if (error.isPresent()) {
            return CredentialLookup.failed(error.get());
        }
        List<StoredCredential> found = new ArrayList<>();
        RegistryUrl.parse(image.repository())
                .ifPresent(target -> index.forEach((key, credentials) -> {
                    RegistryUrl url = urls.get(key);
                    if (url != null && url.matches(target)) {
                        found.addAll(credentials);
                    }
                }));
        if (found.isEmpty() && isDefaultRegistry(image)) {
            found.addAll(index.getOrDefault(DOCKER_HUB, List.of()));
        }
        return CredentialLookup.found(found);
    }

    @Override
    public List<KeyringNote> notes() {
        return List.copyOf(notes);
    }

    /** Why no image gets any credential from these Secrets; empty when they can be read. */
    public Optional<String> error() {
        return error;
    }

    private void add(PullSecret secret) {
        Optional<String> ignored = KeyringNotes.whyIgnored(secret);
        if (ignored.isPresent()) {
            notes.add(new KeyringNote(KeyringNote.Kind.SECRET_IGNORED, secret.name(), "", ignored.get()));
            return;
        }
        try {
            StoredAuths auths = StoredAuths.read(
                    secret.payload().orElseThrow().reveal(), secret.type().equals(PullSecret.DOCKER_CONFIG_JSON));
            KeyringNotes.add(notes, secret, auths);
            auths.entries().forEach((key, auth) -> RegistryUrl.normalise(key)
                    .ifPresent(normalised -> index.computeIfAbsent(normalised, k -> new ArrayList<>())
                            .add(new StoredCredential(secret.name(), key, auth.username(), auth.password()))));
        } catch (StoredAuths.MalformedException e) {
            error = error.or(() -> Optional.of(KeyringNotes.malformed(secret, e.getMessage())));
        }
    }

    /** The kubelet's own test, which takes "localhost/image" for Docker Hub's too. */
    private static boolean isDefaultRegistry(ImageReference image) {
        String host = image.registry();
        return host.equals("docker.io") || host.indexOf('.') < 0 && host.indexOf(':') < 0;
    }
}
