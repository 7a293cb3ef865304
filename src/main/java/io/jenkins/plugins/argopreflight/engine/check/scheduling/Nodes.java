package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Listing;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.node.Placement;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.Platform;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The nodes of the cluster, and those that pull a pod's images. */
public final class Nodes {

    private Nodes() {}

    /** Returns all nodes of the cluster. */
    public static Fact<List<ObjectNode>> all(Facts facts) {
        return facts.placement().nodes();
    }

    /**
     * Returns the nodes that can run the pod of a pull; all nodes if no node can, because another check reports this.
     */
    public static List<ObjectNode> of(Facts facts, PodPull row) {
        List<ObjectNode> fitting = facts.placement().allowed(row.pod().spec());
        return fitting.isEmpty() ? all(facts).ifKnown().orElse(List.of()) : fitting;
    }

    /** Returns the platforms of the linux nodes, on which the controller can run; empty if the nodes are unknown. */
    public static Set<Platform> controllerPlatforms(Facts facts) {
        return all(facts).ifKnown().orElse(List.of()).stream()
                .map(Placement::platform)
                .filter(platform -> platform.os().equals("linux")
                        && !platform.architecture().isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns whether an image has a manifest for a platform. */
    public static Platform.Fit fit(ImageConfig image, Platform node) {
        return Platform.fit(image.platforms().stream().map(Platform::parse).toList(), node);
    }

    /** Returns the names of nodes as a list for a sentence. */
    public static String nameList(List<ObjectNode> nodes) {
        return Listing.of(nodes.stream().map(KubeObjects::name).toList());
    }
}
