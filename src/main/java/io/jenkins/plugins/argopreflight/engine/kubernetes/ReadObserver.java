package io.jenkins.plugins.argopreflight.engine.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;

/** A receiver of the objects that a run reads from a cluster. It is called by several threads at the same time. */
public interface ReadObserver {

    /** Receives an object that was read by its name. */
    void got(Resource resource, ObjectNode object);

    /** Receives the information that no object has this name. */
    void absent(Resource resource, String namespace, String name);

    /**
     * Receives an object of a list.
     *
     * @param labelSelector "" for any
     */
    void listed(Resource resource, String labelSelector, ObjectNode object);

    /** Receives the information that all objects of a kind in a namespace were listed; "" for all namespaces. */
    void complete(Resource resource, String namespace);

    /**
     * Receives an answer of the API server about a right.
     *
     * @param review the question
     */
    void reviewed(ObjectNode review, ObjectNode answer);
}
