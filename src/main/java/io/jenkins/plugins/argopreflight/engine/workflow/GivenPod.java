package io.jenkins.plugins.argopreflight.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.List;

/** A Pod that is given as such, by a file or by the cluster: it counts as one that Argo made. */
public final class GivenPod {

    private static final String NODE_NAME = "workflows.argoproj.io/node-name";

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
                ArgoPod.Kind.WORKLOAD,
                draft.pod(),
                "",
                document.locate(""),
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
            draft.provenance().lay(field, Source.POD, document, field, object);
        }
    }
}
