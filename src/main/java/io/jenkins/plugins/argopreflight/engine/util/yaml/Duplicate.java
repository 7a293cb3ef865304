package io.jenkins.plugins.argopreflight.engine.util.yaml;

/**
 * A key that a mapping has twice. kubectl uses the last value.
 *
 * @param location location of the key that is used
 */
public record Duplicate(Location location, String key) {

    @Override
    public String toString() {
        return location + ": " + key;
    }
}
