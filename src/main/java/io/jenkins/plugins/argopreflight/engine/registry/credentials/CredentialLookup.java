package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import java.util.List;
import java.util.Optional;

/**
 * The credentials that a consumer (the kubelet or Argo's controller) found for an image, or the reason why it could not
 * search.
 *
 * @param credentials in the order in which they are tried; empty for an anonymous pull
 * @param error the reason why the consumer could not read its Secrets or the image name; empty if it could
 */
public record CredentialLookup(List<StoredCredential> credentials, Optional<KeyringError> error) {

    public CredentialLookup {
        credentials = List.copyOf(credentials);
    }

    static CredentialLookup found(List<StoredCredential> credentials) {
        return new CredentialLookup(credentials, Optional.empty());
    }

    static CredentialLookup failed(KeyringError error) {
        return new CredentialLookup(List.of(), Optional.of(error));
    }
}
