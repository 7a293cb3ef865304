package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The credentials that the kubelet uses for an image, in its order, by the rules of kubernetes'
 * <a href="https://github.com/kubernetes/kubernetes/tree/v1.34.4/pkg/credentialprovider">pkg/credentialprovider</a>
 * (keyring.go, config.go, secrets/secrets.go). A test compares the results with that package's.
 */
public final class KubeletKeyring implements Keyring {

    private static final String DOCKER_HUB = "index.docker.io";

    private final KeyIndex index = new KeyIndex();
    private final List<KeyringNote> notes = new ArrayList<>();
    private Optional<KeyringError> error = Optional.empty();

    private KubeletKeyring() {}

    /** Reads the Secrets in the given order, which is that of the pod's {@code imagePullSecrets}. */
    public static KubeletKeyring of(List<PullSecret> secrets) {
        KubeletKeyring keyring = new KubeletKeyring();
        secrets.forEach(keyring::add);
        keyring.noteHiddenDockerHub();
        return keyring;
    }

    private void noteHiddenDockerHub() {
        index.withKey("docker.io").stream()
                .findFirst()
                .ifPresent(direct -> index.withKey(DOCKER_HUB).stream()
                        .findFirst()
                        .ifPresent(hidden -> notes.add(KeyringNotes.hidingNote(direct, hidden))));
    }

    /**
     * {@inheritDoc} If two keys of one Secret mean the same registry, the kubelet tries them in random order. The order
     * of the result is that of the Secret, and a note reports the two keys.
     */
    @Override
    public CredentialLookup lookup(ImageReference image) {
        if (error.isPresent()) {
            return CredentialLookup.failed(error.get());
        }
        List<StoredCredential> found = index.matching(image.repository());
        return CredentialLookup.found(
                found.isEmpty() && isDefaultRegistry(image.registry()) ? index.withKey(DOCKER_HUB) : found);
    }

    @Override
    public List<KeyringNote> notes() {
        return List.copyOf(notes);
    }

    /** Returns the reason why no image gets a credential from the Secrets; empty if the kubelet can read them. */
    public Optional<KeyringError> error() {
        return error;
    }

    private void add(PullSecret secret) {
        Optional<String> ignored = KeyringNotes.whyIgnored(secret);
        if (ignored.isPresent()) {
            notes.add(new KeyringNote(KeyringNote.Kind.SECRET_IGNORED, secret.name(), "", ignored.get()));
            return;
        }
        try {
            StoredAuths auths = StoredAuths.read(secret, ConsumerDecoding.KUBELET);
            KeyringNotes.add(notes, secret, auths);
            auths.entries().forEach((key, auth) -> index.add(secret.name(), key, auth));
        } catch (StoredAuths.MalformedException e) {
            error = error.or(() -> Optional.of(KeyringNotes.malformedError(
                    "the kubelet", secret, e, "fix the Secret, or remove it from the lists of pull secrets")));
        }
    }

    /**
     * Returns whether the kubelet uses Docker Hub's entry for a host: {@code docker.io}, or a name without a dot and a
     * port, such as {@code localhost}.
     */
    private static boolean isDefaultRegistry(String host) {
        return host.equals("docker.io") || host.indexOf('.') < 0 && host.indexOf(':') < 0;
    }
}
