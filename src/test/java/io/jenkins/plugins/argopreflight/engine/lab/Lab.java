package io.jenkins.plugins.argopreflight.engine.lab;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;

/** A cluster to try things on: in memory, or a real kube-apiserver. Both must give the same results. */
public interface Lab {

    /** A new namespace with its ServiceAccount default. */
    String namespace(String prefix);

    /** May do everything. */
    ClusterGateway admin();

    /** A new user who may do just this. */
    ClusterGateway user(Right... rights);

    /** Puts a namespace into phase Terminating. */
    void terminate(String namespace);

    /** The writes that were carried out or refused, as the server saw them, of everybody. */
    long writes();
}
