package io.jenkins.plugins.argopreflight.engine.registry;

import java.util.List;

/**
 * The properties of an image that a registry returns.
 *
 * @param platforms such as {@code linux/amd64}, {@code linux/arm64/v8}: the platforms of all entries of an index, or
 *     the platform in the configuration of a single image
 * @param index whether the image is an index, of which a node takes the entry for its own platform; false for a single
 *     image
 * @param user USER of the configuration, "" for none (root)
 * @param entrypoint ENTRYPOINT, empty for none
 * @param cmd CMD, empty for none
 */
public record ImageConfig(
        List<String> platforms, boolean index, String user, List<String> entrypoint, List<String> cmd) {

    public ImageConfig {
        platforms = List.copyOf(platforms);
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
    }
}
