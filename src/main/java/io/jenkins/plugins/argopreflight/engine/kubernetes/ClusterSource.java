package io.jenkins.plugins.argopreflight.engine.kubernetes;

import java.nio.file.Path;
import java.util.List;

/** The source of a cluster's address and login. */
public sealed interface ClusterSource {

    /**
     * The user's own kubeconfig files, merged as kubectl merges them. They can name files and programs, which are read
     * and run, so this source is only for the command line. Use {@link Endpoint} for a kubeconfig that is not trusted.
     *
     * @param kubeconfigs empty for {@code $KUBECONFIG}, or else {@code ~/.kube/config}, or else the ServiceAccount of
     *     the pod in which this process runs
     */
    record Files(List<Path> kubeconfigs) implements ClusterSource {
        public Files {
            kubeconfigs = List.copyOf(kubeconfigs);
        }
    }

    /** Values in memory. Connections to link-local or metadata addresses are refused. */
    record Endpoint(ClusterEndpoint endpoint) implements ClusterSource {}

    /** The ServiceAccount of the pod in which this process runs. */
    record InPod() implements ClusterSource {}
}
