package io.jenkins.plugins.argopreflight.engine.dockerconfig;

import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which credentials the kubelet takes for an image, in its order: the rules of kubernetes'
 * <a href="https://github.com/kubernetes/kubernetes/tree/v1.34.4/pkg/credentialprovider">pkg/credentialprovider</a>
 * (keyring.go, config.go, secrets/secrets.go), held equal to that package by a test.
 */
public final class KubeletKeyring implements Keyring {

    private static final String DOCKER_HUB = "index.docker.io";

    private final KeyIndex index = new KeyIndex();
    private final List<KeyringNote> notes = new ArrayList<>();
    private Optional<KeyringError> error = Optional.empty();

    private KubeletKeyring() {}

    /** Reads the Secrets in their order, which is that of the pod's {@code imagePullSecrets}. */
    public static KubeletKeyring of(List<PullSecret> secrets) {
        KubeletKeyring keyring = new KubeletKeyring();
        secrets.forEach(keyring::add);
        keyring.noteWhatHidesDockerHub();
        return keyring;
    }

    private void noteWhatHidesDockerHub() {
        index.under("docker.io").stream()
                .findFirst()
                .ifPresent(direct -> index.under(DOCKER_HUB).stream()
                        .findFirst()
                        .ifPresent(hidden -> notes.add(KeyringNotes.hiding(direct, hidden))));
    }

    /**
     * {@inheritDoc} Where two keys of one Secret mean the same the kubelet's own order is random; here it is the
     * Secret's, and a note shows.
     */
    @Override
    public CredentialLookup lookup(ImageReference image) {
        if (error.isPresent()) {
            return CredentialLookup.failed(error.get());
        }
        List<StoredCredential> found = index.matching(image.repository());
        return CredentialLookup.found(
                found.isEmpty() && isDefaultRegistry(image.registry()) ? index.under(DOCKER_HUB) : found);
    }

    @Override
    public List<KeyringNote> notes() {
        return List.copyOf(notes);
    }

    /** Why no image gets any credential from these Secrets; empty when they can be read. */
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
            error = error.or(() -> Optional.of(KeyringNotes.malformed(
                    "the kubelet", secret, e, "fix the Secret, or remove it from the lists of pull secrets")));
        }
    }

    /** The kubelet's own test, which takes "localhost/image" for Docker Hub's too. */
    private static boolean isDefaultRegistry(String host) {
        return host.equals("docker.io") || host.indexOf('.') < 0 && host.indexOf(':') < 0;
    }
}
