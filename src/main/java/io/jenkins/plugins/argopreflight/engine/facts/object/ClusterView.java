package io.jenkins.plugins.argopreflight.engine.facts.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.List;
import java.util.Optional;

/**
 * The objects of the cluster that were collected. No method sends a request: an object that was not collected is
 * Unknown. A Secret has its type and the names of its keys, each with the value {@code ""}.
 */
public interface ClusterView {

    /** Returns an object: present, absent or Unknown. */
    Fact<Optional<ObjectNode>> get(Resource resource, String namespace, String name);

    /**
     * Returns the objects of a kind.
     *
     * @param namespace the namespace; {@code ""} for a kind without namespaces
     */
    Fact<List<ObjectNode>> list(Resource resource, String namespace);
}
