package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.StopOrigin;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.Optional;

/**
 * A way to end a workflow early, as {@code argo stop} and {@code argo terminate} do.
 *
 * @see <a href="https://argo-workflows.readthedocs.io/en/latest/cli/argo_stop/">argo stop</a>
 */
public enum Shutdown {
    /** Ends the workflow, and runs its exit handlers. */
    STOP("Stop"),
    /** Ends the workflow, and starts no other node. */
    TERMINATE("Terminate");

    private final String value;

    Shutdown(String value) {
        this.value = value;
    }

    /** The value of {@code spec.shutdown}. */
    public String value() {
        return value;
    }

    /**
     * Requests the shutdown of a workflow.
     *
     * @param by the user or program that requests it, as the subject of a sentence; "" for no annotation
     * @return whether the workflow still exists, has this uid, and has not ended
     */
    public boolean send(LiveCluster cluster, String namespace, String name, String uid, String by) {
        Optional<ObjectNode> found = cluster.get(Resource.WORKFLOWS, namespace, name)
                .filter(workflow -> KubeObjects.uid(workflow).equals(uid));
        if (found.isEmpty() || WorkflowState.of(found.get()).isEnded()) {
            return false;
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        // With the uid, the server refuses to patch another workflow that has got this name meanwhile.
        ObjectNode metadata = patch.putObject("metadata").put("uid", uid);
        if (!by.isEmpty()) {
            metadata.putObject("annotations").put(StopOrigin.ANNOTATION, Visible.sentence(by));
        }
        patch.putObject("spec").put("shutdown", value);
        try {
            cluster.patch(Resource.WORKFLOWS, namespace, name, patch);
            return true;
        } catch (ClusterException e) {
            if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
