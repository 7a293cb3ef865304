package io.jenkins.plugins.argopreflight.engine.cluster;

import java.nio.file.Path;
import java.util.List;

/** Where it is written how to reach a cluster and how to log in there. */
public sealed interface ClusterSource {

    /**
     * The user's own kubeconfig files, merged as kubectl merges them: they can name files and programs, which are read
     * and run. Only for the command line; what someone else can have written is an {@link Endpoint}.
     *
     * @param kubeconfigs empty for {@code $KUBECONFIG}, else {@code ~/.kube/config}, else the ServiceAccount of the pod
     *     that we run in
     */
    record Files(List<Path> kubeconfigs) implements ClusterSource {
        public Files {
            kubeconfigs = List.copyOf(kubeconfigs);
        }
    }

    /** Values in memory. They lead to no link-local or metadata address. */
    record Endpoint(ClusterEndpoint endpoint) implements ClusterSource {}

    /** The ServiceAccount of the pod that we run in. */
    record InPod() implements ClusterSource {}
}
