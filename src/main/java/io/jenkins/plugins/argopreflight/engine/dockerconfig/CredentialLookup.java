package io.jenkins.plugins.argopreflight.engine.dockerconfig;

import java.util.List;
import java.util.Optional;

/**
 * What a consumer found for an image.
 *
 * @param credentials in the order tried; with none the pull is anonymous
 * @param error why the consumer could not read its Secrets; then no image gets any credential
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
