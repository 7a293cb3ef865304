package io.jenkins.plugins.argopreflight.engine.facts.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;

/**
 * The images that a node reports in {@code status.images}: at most 50 (nodeStatusMaxImages), with at most five names
 * each. A node can have further images.
 */
public final class NodeImages {

    private NodeImages() {}

    /** Returns whether the node reports the image, by its digest if it has one, else by its tag. */
    public static boolean isOn(ObjectNode node, ImageReference reference) {
        String reported =
                reference.repository() + reference.digest().map("@"::concat).orElseGet(() -> ":" + reference.version());
        for (JsonNode image : node.path("status").path("images")) {
            for (JsonNode name : image.path("names")) {
                if (Json.text(name).equals(reported)) {
                    return true;
                }
            }
        }
        return false;
    }
}
