package io.jenkins.plugins.argopreflight.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.DocumentField;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ClusterObjects;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.pod.PodDraft;
import io.jenkins.plugins.argopreflight.engine.workflow.pod.ServiceAccounts;
import java.util.List;

/** A Pod that is given as such, by a file or by the cluster: one of Argo's when it has the label of a workflow. */
public final class GivenPod {

    private static final String NODE_NAME = "workflows.argoproj.io/node-name";

    /** The controller sets it on each pod; source: argo-workflows workflow/common/common.go. */
    private static final String WORKFLOW_LABEL = "workflows.argoproj.io/workflow";

    private GivenPod() {}

    /**
     * The pod with what admission adds to it.
     *
     * @param namespace where it runs, or will
     * @param objects for its ServiceAccount
     */
    public static ArgoPod of(Document document, String namespace, ClusterObjects objects) {
        PodDraft draft = new PodDraft();
        lay(draft, draft.metadata(), document, "metadata");
        lay(draft, draft.spec(), document, "spec");
        ObjectNode metadata = draft.metadata();
        if (document.name().isEmpty()) {
            metadata.put("name", Json.text(metadata, "generateName") + "*");
        }
        ServiceAccounts.admit(objects, namespace, draft);
        return new ArgoPod(
                metadata.path("labels").has(WORKFLOW_LABEL) ? ArgoPod.Kind.WORKLOAD : ArgoPod.Kind.OTHER,
                draft.pod(),
                "",
                new DocumentField(document, ""),
                Json.text(metadata.path("annotations"), NODE_NAME),
                List.of(),
                List.of(),
                draft.provenance(),
                Certainty.ONCE);
    }

    private static void lay(PodDraft draft, ObjectNode over, Document document, String field) {
        JsonNode own = document.root().path(field);
        if (own instanceof ObjectNode object) {
            over.setAll(object.deepCopy());
            draft.provenance().lay(field, FieldSource.POD, document, field, object);
        }
    }
}
