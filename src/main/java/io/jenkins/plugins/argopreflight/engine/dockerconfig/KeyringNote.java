package io.jenkins.plugins.argopreflight.engine.dockerconfig;

import io.jenkins.plugins.argopreflight.engine.fact.CauseKind;

/**
 * Something in a Secret that its consumer passes over, or reads otherwise than its writer meant.
 *
 * @param kind which of the known traps it is
 * @param secret the Secret's name
 * @param key the registry key as it can be printed; "" when the note is about the whole Secret
 * @param text a sentence that says what, and what to do
 */
public record KeyringNote(Kind kind, String secret, String key, String text) {

    /** The traps. */
    public enum Kind implements CauseKind {
        /** The whole Secret is not read: its type, or nothing under the key of its type. */
        SECRET_IGNORED,
        /** It is read and holds no entry. */
        NO_ENTRIES,
        /** The consumer cannot read the key as a URL. */
        KEY_IGNORED,
        /** No image can match the key. */
        KEY_NEVER_MATCHES,
        /** Neither user name nor password, and it counts as a credential all the same. */
        EMPTY_ENTRY,
        /** Fields that the consumer does not read: credsStore, credHelpers, identitytoken, registrytoken. */
        FIELD_IGNORED,
        /** {@code auth} differs from username and password beside it, and wins. */
        AUTH_WINS,
        /** Two keys of one Secret mean the same and are tried in random order. */
        RANDOM_ORDER,
        /** A key hides Docker Hub's own. */
        HIDES_DOCKER_HUB
    }
}
