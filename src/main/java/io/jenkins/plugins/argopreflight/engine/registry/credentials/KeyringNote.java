package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import io.jenkins.plugins.argopreflight.engine.model.fact.CauseKind;

/**
 * A note on a part of a Secret that its consumer ignores, or reads in a way that its author did not intend.
 *
 * @param kind the kind of mistake
 * @param secret the name of the Secret
 * @param key the registry key, safe to print; "" if the note is about the whole Secret
 * @param problem the problem and how to fix it, without the name of the Secret; for a Secret that is ignored, the rest of
 *     the sentence after the name
 */
public record KeyringNote(Kind kind, String secret, String key, String problem) {

    /** Returns a sentence with the name of the Secret, the problem, and how to fix it. */
    public String text() {
        return "Secret \"" + secret + "\"" + (kind == Kind.SECRET_IGNORED ? " " : ": ") + problem;
    }

    public enum Kind implements CauseKind {
        /** A Secret that is not read at all: it has another type, or nothing under the key of its type. */
        SECRET_IGNORED,
        /** A Secret that is read and has no entry. */
        NO_ENTRIES,
        /** A key that the consumer cannot read as a URL. */
        KEY_IGNORED,
        /** A key that no image can match. */
        KEY_NEVER_MATCHES,
        /** An entry without user name and password, which counts as a credential nevertheless. */
        EMPTY_ENTRY,
        /** Fields that the consumer does not read: credsStore, credHelpers, identitytoken, registrytoken. */
        FIELD_IGNORED,
        /** An {@code auth} that differs from username and password beside it, and takes precedence. */
        AUTH_WINS,
        /** Two keys of one Secret that mean the same and are tried in random order. */
        RANDOM_ORDER,
        /** A key that hides the entry for Docker Hub. */
        HIDES_DOCKER_HUB
    }
}
