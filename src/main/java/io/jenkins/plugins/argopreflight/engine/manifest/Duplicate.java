package io.jenkins.plugins.argopreflight.engine.manifest;

/**
 * A key that a mapping has twice; as in kubectl the last one counts.
 *
 * @param location of the key that counts
 */
public record Duplicate(Location location, String key) {

    @Override
    public String toString() {
        return location + ": " + key;
    }
}
