package io.jenkins.plugins.argopreflight.engine.collect.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;

/**
 * The images that a node reports in {@code status.images}: at most 50 (nodeStatusMaxImages), each with at most five
 * names, so that one that is not among them can be there all the same.
 */
public final class HeldImages {

    private HeldImages() {}

    /** Whether a node reports an image, by the digest where there is one, else by the tag. */
    public static boolean isOn(ObjectNode node, ImageReference image) {
        String wanted = image.repository() + image.digest().map("@"::concat).orElseGet(() -> ":" + image.version());
        for (JsonNode held : node.path("status").path("images")) {
            for (JsonNode name : held.path("names")) {
                if (name.asText("").equals(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }
}
