package io.jenkins.plugins.argopreflight.step;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The configured cluster of a {@code withArgoCluster} block, for the steps in its body. */
public final class SurroundingCluster implements Serializable {

    private static final long serialVersionUID = 1L;

    final String cluster;
    final String namespace;
    private final String kubeconfig;

    /**
     * Creates the cluster of a block.
     *
     * @param cluster the name of the configured cluster
     * @param namespace the namespace of the block; "" for that of the cluster
     * @param kubeconfig the value of KUBECONFIG in the block
     */
    public SurroundingCluster(String cluster, String namespace, String kubeconfig) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.kubeconfig = kubeconfig;
    }

    /** Returns the cluster of the innermost block, unless the Pipeline sets another KUBECONFIG inside of it. */
    static Optional<SurroundingCluster> of(StepContext context) throws IOException, InterruptedException {
        SurroundingCluster found = context.get(SurroundingCluster.class);
        return found != null && found.kubeconfig.equals(PipelineKubeconfig.of(context))
                ? Optional.of(found)
                : Optional.empty();
    }
}
