package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.time.Duration;
import java.util.Optional;

/**
 * The creation of a workflow, which happens only once even after several attempts. An existing workflow of the same
 * name counts as created by an earlier attempt only if it has the draft's id.
 */
public final class Submitter {

    private static final int ATTEMPTS = 4;

    private final ClusterGateway cluster;
    private final Duration pause;

    public Submitter(ClusterGateway cluster) {
        this(cluster, Duration.ofSeconds(2));
    }

    Submitter(ClusterGateway cluster, Duration pause) {
        this.cluster = cluster;
        this.pause = pause;
    }

    /**
     * Creates a workflow, or finds it if an earlier attempt did.
     *
     * @throws IllegalArgumentException if another workflow has the name
     * @throws ClusterException if the cluster refuses the workflow, or if it is not known whether the failed request
     *     created it
     */
    public ObjectNode submit(Draft draft) {
        for (int attempt = 1; ; attempt++) {
            try {
                return cluster.create(Resource.WORKFLOWS, draft.workflow(), WriteMode.REAL);
            } catch (ClusterException e) {
                if (e.kind() == Kind.ALREADY_EXISTS) {
                    return find(draft.namespace(), draft.name(), draft.id()).orElseThrow(() -> taken(draft));
                }
                boolean again = e.kind().maybeApplied() && e.kind() != Kind.INTERRUPTED;
                if (!again || attempt == ATTEMPTS) {
                    throw e;
                }
                sleep();
            }
        }
    }

    /** Returns the workflow of this name, if it has this id. */
    public Optional<ObjectNode> find(String namespace, String name, String id) {
        return cluster.get(Resource.WORKFLOWS, namespace, name)
                .filter(found -> id.equals(KubeObjects.labels(found).get(Draft.ID)));
    }

    private static IllegalArgumentException taken(Draft draft) {
        return new IllegalArgumentException("Workflow " + draft.namespace() + "/" + draft.name()
                + " exists already and was not created by this submission"
                + (draft.fixedName()
                        ? ": its name is fixed (metadata.name); use metadata.generateName, or delete the other one first"
                        : ""));
    }

    private void sleep() {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(Kind.INTERRUPTED, "interrupted while waiting to submit again", e);
        }
    }
}
