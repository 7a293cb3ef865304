package io.jenkins.plugins.argopreflight.engine.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;

/** Is given what a run reads of a cluster, by several threads at the same time. */
public interface ReadObserver {

    /** An object that was read by its name. */
    void got(Resource resource, ObjectNode object);

    /** There is no object of this name. */
    void absent(Resource resource, String namespace, String name);

    /** An object of a list. @param labelSelector "" for any */
    void listed(Resource resource, String labelSelector, ObjectNode object);

    /** All objects of a kind in a namespace were listed; "" for all namespaces. */
    void complete(Resource resource, String namespace);

    /** An answer of the API server about a right. @param review what was asked */
    void reviewed(ObjectNode review, ObjectNode answer);
}
