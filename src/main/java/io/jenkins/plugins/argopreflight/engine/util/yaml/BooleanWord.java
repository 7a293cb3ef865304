package io.jenkins.plugins.argopreflight.engine.util.yaml;

/**
 * A word without quotes that YAML 1.1, and therefore kubectl, reads as true or false: {@code y}, {@code no}, {@code
 * on}.
 *
 * @param location location of the word, or of the key whose value it is
 * @param isKey whether the word is a key, which is read as {@code "true"} or {@code "false"}
 */
public record BooleanWord(Location location, String word, boolean isKey) {}
