package io.jenkins.plugins.argopreflight.engine.cluster;

import java.nio.file.Path;
import java.util.List;

/** Where it is written how to reach a cluster and as whom. */
public sealed interface ClusterSource {

    /**
     * Kubeconfig files, merged as kubectl merges them.
     *
     * @param kubeconfigs empty for {@code $KUBECONFIG}, else {@code ~/.kube/config}, else the ServiceAccount of the pod
     *     that we run in
     */
    record Files(List<Path> kubeconfigs) implements ClusterSource {
        public Files {
            kubeconfigs = List.copyOf(kubeconfigs);
        }
    }

    /**
     * Kubeconfigs that somebody else handed us, merged in the same way. They can name neither a file nor a program of
     * this machine, and lead to no link-local or metadata address.
     */
    record Texts(List<KubeconfigText> kubeconfigs) implements ClusterSource {
        public Texts {
            kubeconfigs = List.copyOf(kubeconfigs);
        }
    }

    /** The ServiceAccount of the pod that we run in. */
    record InPod() implements ClusterSource {}
}
