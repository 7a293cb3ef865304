package io.jenkins.plugins.argopreflight.engine.dockerconfig;

import java.util.Optional;

/**
 * Why a consumer has no credentials to choose from.
 *
 * @param place what it cannot parse; empty where that is no Secret
 * @param text for a person, without an end
 */
public record KeyringError(Optional<Place> place, String text) {

    /**
     * What cannot be parsed.
     *
     * @param secret its name
     * @param key the registry key of the entry as it can be printed; "" for the whole
     * @param field of the entry, such as {@code auth}; "" for the whole entry
     */
    public record Place(String secret, String key, String field) {}

    /** Of no Secret. */
    public static KeyringError of(String text) {
        return new KeyringError(Optional.empty(), text);
    }
}
