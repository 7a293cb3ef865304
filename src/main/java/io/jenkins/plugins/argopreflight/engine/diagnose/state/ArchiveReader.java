package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Comparator;
import java.util.Optional;

/**
 * The reader of workflows from Argo Server, for a workflow that the cluster does not have, or has without its nodes.
 */
final class ArchiveReader {

    /** The maximum number of workflows with the requested labels that are compared. */
    private static final int MAX_COMPARED = 20;

    private final Optional<ArgoServer> server;
    private final DiagnoseRequest request;

    ArchiveReader(Optional<ArgoServer> server, DiagnoseRequest request) {
        this.server = server;
        this.request = request;
    }

    /**
     * A workflow, and a note on its source.
     *
     * @param archive a sentence on the parts that were read from Argo Server; {@code ""} for none; Unknown if it could
     *     not be asked
     */
    record Found(Fact<Optional<WorkflowState>> workflow, Fact<String> archive) {}

    /** Returns the workflow that was read from the cluster, with its missing parts from Argo Server. */
    Found complete(Fact<Optional<WorkflowState>> read) {
        Optional<Optional<WorkflowState>> known = read.ifKnown();
        Optional<WorkflowState> state = known.flatMap(found -> found);
        boolean complete = state.filter(found -> found.unread().isEmpty()).isPresent();
        if (server.isEmpty() || known.isEmpty() || complete) {
            return new Found(read, Fact.known(""));
        }
        try {
            Optional<WorkflowState> fromServer =
                    (state.isPresent() ? nodes(state.get()) : archived()).map(WorkflowState::of);
            if (fromServer.filter(found -> found.unread().isEmpty()).isEmpty()) {
                return new Found(read, Fact.known(""));
            }
            String note = state.isPresent()
                    ? "The nodes of the workflow were read from Argo Server."
                    : "The workflow is not in the cluster any more: it was read from the archive of Argo Server.";
            return new Found(Fact.known(fromServer), Fact.known(note));
        } catch (ClusterException e) {
            if (e.kind() == ClusterException.Kind.INTERRUPTED) {
                throw e;
            }
            return new Found(read, Fact.unknown(e.getMessage()));
        }
    }

    private Optional<ObjectNode> nodes(WorkflowState state) {
        return server.orElseThrow().workflow(state.namespace(), state.name(), state.uid());
    }

    private Optional<ObjectNode> archived() {
        ArgoServer argo = server.orElseThrow();
        if (!request.workflow().isEmpty()) {
            return argo.workflow(request.namespace(), request.workflow(), "");
        }
        return argo.archived(request.namespace(), request.labels(), MAX_COMPARED).stream()
                .max(Comparator.comparing((ObjectNode each) ->
                                !Json.text(each, "status", "phase").equals("Succeeded"))
                        .thenComparing(each -> Json.text(each, "metadata", "creationTimestamp")))
                .flatMap(each -> argo.workflow(request.namespace(), KubeObjects.name(each), KubeObjects.uid(each)));
    }
}
