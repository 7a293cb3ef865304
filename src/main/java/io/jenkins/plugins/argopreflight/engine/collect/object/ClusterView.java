package io.jenkins.plugins.argopreflight.engine.collect.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.util.List;
import java.util.Optional;

/**
 * The cluster's objects as they were collected: no question here goes anywhere. What was not collected is Unknown. Of
 * a Secret there are the type and the names of its keys, each with the value "".
 */
public interface ClusterView {

    /** One object: known to be there, known to be absent, or Unknown. */
    Fact<Optional<ObjectNode>> get(Resource resource, String namespace, String name);

    /** All objects of a kind. @param namespace "" for a kind without namespaces */
    Fact<List<ObjectNode>> list(Resource resource, String namespace);
}
