package io.jenkins.plugins.argopreflight.engine.collect.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.CreatedObjects;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An object that a resource template creates, as it can be tried on an API server. Objects with values that only the
 * running workflow knows cannot, and pods are tried like Argo's own.
 */
record CreatedTrial(WorkflowFacts workflow, ArgoPod pod, Document document, ClusterKinds.Found kind) {

    /** One of each kind that a template creates. */
    static List<CreatedTrial> of(List<WorkflowFacts> workflows, ClusterKinds kinds) {
        CreatedObjects created = CreatedObjects.of(workflows);
        Set<List<Object>> known = new HashSet<>();
        List<CreatedTrial> trials = new ArrayList<>();
        for (WorkflowFacts workflow : workflows) {
            for (ArgoPod pod : workflow.pods()) {
                for (Document document : created.by(pod)) {
                    boolean whole = !document.kind().isEmpty()
                            && !document.kind().equals(Resource.PODS.kind())
                            && !document.root().toString().contains("{{");
                    if (whole && known.add(List.of(pod.templateLocation(), document.apiVersion(), document.kind()))) {
                        trials.add(new CreatedTrial(
                                workflow, pod, document, kinds.byKind(document.apiVersion(), document.kind())));
                    }
                }
            }
        }
        return trials;
    }

    boolean isOfKnownKind() {
        return kind.doubt().isEmpty();
    }

    Resource resource() {
        String version = document.apiVersion().replaceFirst("^.*/", "");
        return new Resource(kind.group(), version, kind.plural(), document.kind(), kind.namespaced());
    }

    ObjectNode object() {
        ObjectNode object = document.root().deepCopy();
        ObjectNode metadata = Objects.metadata(object);
        if (!kind.namespaced()) {
            metadata.remove("namespace");
        } else if (document.namespace().isEmpty()) {
            metadata.put("namespace", workflow.namespace());
        }
        return object;
    }

    /** What kubectl says of a kind that the API server does not have. */
    static String noMatches(Document document) {
        return "no matches for kind \"" + document.kind() + "\" in version \"" + document.apiVersion() + "\"";
    }
}
