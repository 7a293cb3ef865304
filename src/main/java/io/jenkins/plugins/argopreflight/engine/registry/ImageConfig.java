package io.jenkins.plugins.argopreflight.engine.registry;

import java.util.List;

/**
 * What a registry says of an image besides that it is there.
 *
 * @param platforms such as {@code linux/amd64}, {@code linux/arm64/v8}: of an index all its entries, of a plain
 *     manifest the one of its configuration
 * @param index whether it is an index: then a node takes its own platform's entry, else it takes what there is
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
