package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.util.go.GoUrl;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The credential that the Argo controller uses when it looks up the entrypoint of an image, by the rules of
 * go-containerregistry's
 * <a href="https://github.com/google/go-containerregistry/tree/main/pkg/authn/kubernetes">pkg/authn/kubernetes</a> and
 * pkg/name. A test compares the results with those of the library. The controller tries one credential only, knows
 * Docker Hub as {@code index.docker.io}, and fails on a key that is not a URL. After the Secrets, the controller uses
 * its own docker config and the credential helpers of clouds, which this class does not know.
 */
public final class ControllerKeychain implements Keyring {

    private static final String DOCKER_HUB = "index.docker.io";
    private static final int MAX_REPOSITORY_CHARACTERS = 255;
    private static final int MIN_REPOSITORY_CHARACTERS = 2;

    private final KeyIndex index = new KeyIndex();
    /**
     * The entries without user name, password and token. An image whose first match is such an entry is looked up
     * anonymously.
     */
    private final Set<StoredCredential> emptyEntries = new HashSet<>();

    /** The entries with an identity or registry token, which the controller sends instead of a password. */
    private final Set<StoredCredential> tokenEntries = new HashSet<>();

    private Optional<KeyringError> error = Optional.empty();

    private ControllerKeychain() {}

    /**
     * Reads the Secrets of {@code spec.imagePullSecrets}, then those of the ServiceAccount. The controller uses both
     * lists.
     */
    public static ControllerKeychain of(List<PullSecret> secrets) {
        ControllerKeychain keychain = new ControllerKeychain();
        secrets.forEach(keychain::add);
        return keychain;
    }

    /** {@inheritDoc} There is at most one credential, or an error if the controller cannot read the image's name. */
    @Override
    public CredentialLookup lookup(ImageReference image) {
        if (error.isPresent()) {
            return CredentialLookup.failed(error.get());
        }
        if (image.digest().filter(digest -> !digest.startsWith("sha256:")).isPresent()) {
            return CredentialLookup.failed(KeyringError.of("the controller supports only sha256 digests, and not \""
                    + image.original() + "\"; give the container its command"));
        }
        Optional<String> repository = repository(image);
        if (repository.isEmpty()) {
            return CredentialLookup.failed(KeyringError.of("the controller cannot read image name \"" + image.original()
                    + "\"; write the registry in lower case with a dot or a port, or give the container its command"));
        }
        return CredentialLookup.found(index.matching(repository.get()).stream()
                .limit(1)
                .filter(first -> !emptyEntries.contains(first))
                .toList());
    }

    /** Returns whether the controller sends a token that is stored with this credential, instead of its password. */
    public boolean sendsToken(StoredCredential credential) {
        return tokenEntries.contains(credential);
    }

    /** Returns all credentials that match an image. The controller uses the first. */
    List<StoredCredential> candidates(ImageReference image) {
        return repository(image).map(index::matching).orElse(List.of());
    }

    /** {@inheritDoc} There are no notes: the kubelet's notes on the same Secrets describe their content. */
    @Override
    public List<KeyringNote> notes() {
        return List.of();
    }

    private void add(PullSecret secret) {
        if (error.isPresent() || KeyringNotes.whyIgnored(secret).isPresent()) {
            return;
        }
        try {
            StoredAuths.read(secret, ConsumerDecoding.CONTROLLER).entries().forEach((key, auth) -> {
                if (!index.add(secret.name(), key, auth)) {
                    fail(secret, new StoredAuths.MalformedException(key, "", " is no URL"));
                }
                if (auth.isEmpty() && !auth.token()) {
                    emptyEntries.add(auth.toCredential(secret.name(), key));
                }
                if (auth.token()) {
                    tokenEntries.add(auth.toCredential(secret.name(), key));
                }
            });
        } catch (StoredAuths.MalformedException e) {
            fail(secret, e);
        }
    }

    private void fail(PullSecret secret, StoredAuths.MalformedException why) {
        error = Optional.of(KeyringNotes.malformedError(
                "the controller",
                secret,
                why,
                "every look-up with it fails until it is fixed or no longer listed, or the container has a command"));
    }

    /**
     * Returns the repository as pkg/name reads it; empty if pkg/name reports an error. The first part of a name is a
     * registry only if it has a dot or a port: {@code localhost/image} is on Docker Hub.
     */
    private static Optional<String> repository(ImageReference image) {
        String host = image.registry();
        boolean hasRegistry = host.indexOf('.') >= 0 || host.indexOf(':') >= 0;
        String path = hasRegistry ? image.path() : host + "/" + image.path();
        String written = isImplicit(image) ? path.substring(path.indexOf('/') + 1) : path;
        boolean isReadable = written.length() >= MIN_REPOSITORY_CHARACTERS
                && path.length() <= MAX_REPOSITORY_CHARACTERS
                && path.chars().noneMatch(Character::isUpperCase)
                && GoUrl.parse(host).isPresent();
        boolean isHub = !hasRegistry || image.isDockerHub();
        return isReadable ? Optional.of((isHub ? DOCKER_HUB : host) + "/" + path) : Optional.empty();
    }

    /** Returns whether the path has a {@code library/} that was not written. */
    private static boolean isImplicit(ImageReference image) {
        return image.isDockerHub()
                && image.path().startsWith("library/")
                && !image.original().contains("library/");
    }
}
