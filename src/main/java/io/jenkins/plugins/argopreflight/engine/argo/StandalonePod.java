package io.jenkins.plugins.argopreflight.engine.argo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.ClusterObjects;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.pod.PodDraft;
import io.jenkins.plugins.argopreflight.engine.argo.pod.ServiceAccounts;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.DocumentField;
import java.util.List;

/** A Pod from a file or from the cluster. It is a pod of Argo if it has the label of a workflow. */
public final class StandalonePod {

    private static final String NODE_NAME = "workflows.argoproj.io/node-name";

    /** Label that the controller sets on each pod; source: argo-workflows workflow/common/common.go. */
    private static final String WORKFLOW_LABEL = "workflows.argoproj.io/workflow";

    private StandalonePod() {}

    /**
     * Returns the pod with the fields that admission adds.
     *
     * @param namespace namespace in which the pod runs or will run
     * @param objects objects of the cluster, for its ServiceAccount
     */
    public static ArgoPod of(Document document, String namespace, ClusterObjects objects) {
        PodDraft draft = new PodDraft();
        copyField(draft, draft.metadata(), document, "metadata");
        copyField(draft, draft.spec(), document, "spec");
        ObjectNode metadata = draft.metadata();
        if (document.name().isEmpty()) {
            metadata.put("name", Json.text(metadata, "generateName") + "*");
        }
        ServiceAccounts.applyAdmission(objects, namespace, draft);
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

    private static void copyField(PodDraft draft, ObjectNode target, Document document, String field) {
        JsonNode source = document.root().path(field);
        if (source instanceof ObjectNode object) {
            target.setAll(object.deepCopy());
            draft.provenance().record(field, FieldSource.POD, document, field, object);
        }
    }
}
