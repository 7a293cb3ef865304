package io.jenkins.plugins.argopreflight.engine.facts.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.CreatedObjects;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An object that a resource template creates, in the form that is sent to an API server. Objects with values that only
 * the running workflow knows are left out; pods are sent like those of Argo.
 */
record CreatedTrial(WorkflowFacts workflow, ArgoPod pod, Document document, ClusterKinds.Found kind) {

    /** The server's message to a user who grants rights that the user does not have. */
    private static final String ESCALATION = "attempting to grant RBAC permissions";

    /**
     * Returns an object of each kind that a template creates.
     *
     * @param kinds the kinds that the cluster defines; read only if a kind is not built in
     */
    static List<CreatedTrial> of(List<WorkflowFacts> workflows, Supplier<Fact<ClusterKinds>> kinds) {
        List<CreatedTrial> builtIn = of(workflows, ClusterKinds.of(List.of()));
        return builtIn.stream().allMatch(CreatedTrial::isOfKnownKind)
                ? builtIn
                : kinds.get()
                        .fold(
                                defined -> builtIn.stream()
                                        .map(trial -> trial.withKindFrom(defined))
                                        .toList(),
                                unknown -> builtIn.stream()
                                        .filter(CreatedTrial::isOfKnownKind)
                                        .toList());
    }

    private static List<CreatedTrial> of(List<WorkflowFacts> workflows, ClusterKinds kinds) {
        CreatedObjects created = CreatedObjects.of(workflows);
        Set<List<Object>> seen = new HashSet<>();
        List<CreatedTrial> trials = new ArrayList<>();
        for (WorkflowFacts workflow : workflows) {
            for (ArgoPod pod : workflow.pods()) {
                for (Document document : created.by(pod)) {
                    boolean sendable = !document.kind().isEmpty()
                            && !document.kind().equals(Resource.PODS.kind())
                            && !document.root().toString().contains("{{");
                    if (sendable && seen.add(List.of(pod.templateLocation(), document.apiVersion(), document.kind()))) {
                        trials.add(new CreatedTrial(
                                workflow, pod, document, kinds.byKind(document.apiVersion(), document.kind())));
                    }
                }
            }
        }
        return trials;
    }

    private CreatedTrial withKindFrom(ClusterKinds kinds) {
        return new CreatedTrial(workflow, pod, document, kinds.byKind(document.apiVersion(), document.kind()));
    }

    private boolean isOfKnownKind() {
        return kind.doubt().isEmpty();
    }

    Resource resource() {
        String version = document.apiVersion().replaceFirst("^.*/", "");
        return new Resource(kind.group(), version, kind.plural(), document.kind(), kind.namespaced());
    }

    ObjectNode object() {
        ObjectNode object = document.root().deepCopy();
        ObjectNode metadata = KubeObjects.metadata(object);
        if (!kind.namespaced()) {
            metadata.remove("namespace");
        } else if (document.namespace().isEmpty()) {
            metadata.put("namespace", workflow.namespace());
        }
        return object;
    }

    /**
     * Returns the refusal in the words of kubectl if the server does not have the kind, and Unknown if the answer
     * depends on the identity used. Empty for another error.
     */
    static Optional<Fact<Optional<AdmissionRefusal>>> refusal(Document document, ClusterException error) {
        String message = error.refusal().map(AdmissionRefusal::message).orElse("");
        boolean isUnknownResource = error.kind() == Kind.NOT_FOUND && message.startsWith(AdmissionRefusal.NO_RESOURCE);
        if (error.isOfUnknownPath() || isUnknownResource) {
            return Optional.of(Fact.known(Optional.of(AdmissionRefusal.unknownKind(
                    "no matches for kind \"" + document.kind() + "\" in version \"" + document.apiVersion() + "\""))));
        }
        return message.contains(ESCALATION) ? Optional.of(Fact.unknown(message)) : Optional.empty();
    }
}
