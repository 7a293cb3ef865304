package io.jenkins.plugins.argopreflight.engine.registry.credentials;

import java.util.Optional;

/**
 * The reason why a consumer has no credentials to choose from: it cannot read a Secret, or the name of the image.
 *
 * @param place the part of a Secret that the consumer cannot parse; empty if the cause is not a Secret
 * @param problem the problem without the name of the Secret, and without a full stop
 */
public record KeyringError(Optional<Place> place, String problem) {

    /** Returns the message, with the name of the Secret if the cause is a Secret. */
    public String text() {
        return place.map(part -> "Secret \"" + part.secret() + "\": ").orElse("") + problem;
    }

    /**
     * A part of a Secret that a consumer cannot parse.
     *
     * @param secret the name of the Secret
     * @param key the registry key of the entry, safe to print; "" for the whole Secret
     * @param field the field of the entry, such as {@code auth}; "" for the whole entry
     */
    public record Place(String secret, String key, String field) {}

    /** Creates an error whose cause is not a Secret. */
    public static KeyringError of(String problem) {
        return new KeyringError(Optional.empty(), problem);
    }
}
