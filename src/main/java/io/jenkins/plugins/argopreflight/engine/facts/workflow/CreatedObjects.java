package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.NodeOrder;
import io.jenkins.plugins.argopreflight.engine.facts.object.SecretKeys;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects that the resource templates of workflows create. They exist for pods that run later. */
public final class CreatedObjects {

    private record Created(ArgoPod creator, NodeOrder order, String namespace, Document object) {

        private boolean matches(Resource resource, String objectNamespace, String name) {
            return object.kind().equals(resource.kind())
                    && object.name().equals(name)
                    && (!resource.namespaced() || namespace.equals(objectNamespace));
        }

        /** Returns whether the object is created only after the pod that uses it has ended. */
        private boolean isCreatedAfter(ArgoPod user) {
            return order.isBefore(user, creator);
        }
    }

    private final List<Created> all = new ArrayList<>();
    private final Map<ArgoPod, List<Document>> byPod = new HashMap<>();

    private CreatedObjects() {}

    public static CreatedObjects of(List<WorkflowFacts> workflows) {
        CreatedObjects created = new CreatedObjects();
        workflows.forEach(workflow -> workflow.pods().forEach(pod -> created.add(workflow, pod)));
        return created;
    }

    private void add(WorkflowFacts workflow, ArgoPod pod) {
        List<Document> objects = read(pod);
        if (!objects.isEmpty()) {
            byPod.put(pod, objects);
        }
        objects.forEach(object -> all.add(new Created(
                pod,
                workflow.together().order(),
                object.namespace().isEmpty() ? workflow.namespace() : object.namespace(),
                object)));
    }

    /** Returns the objects that the pod creates; empty if its template is not a resource template. */
    public List<Document> by(ArgoPod pod) {
        return byPod.getOrDefault(pod, List.of());
    }

    private static List<Document> read(ArgoPod pod) {
        JsonNode resource = PodTemplate.resource(pod);
        return ResourceManifest.creates(resource)
                ? ResourceManifest.readable(Json.text(resource, "manifest"))
                : List.of();
    }

    /**
     * Returns the object, unless it is created only after the pod that uses it has ended; empty if no pod creates it. A
     * Secret has no values.
     */
    public Optional<ObjectNode> find(ArgoPod user, Resource resource, String namespace, String name) {
        return all.stream()
                .filter(each -> each.matches(resource, namespace, name) && !each.isCreatedAfter(user))
                .map(each -> withoutSecretValues(each.object()))
                .findFirst();
    }

    private static ObjectNode withoutSecretValues(Document object) {
        return object.kind().equals(Resource.SECRETS.kind()) ? SecretKeys.of(object.root()) : object.root();
    }

    /** Returns the pod that creates the object only after the pod that uses it has ended; empty if there is none. */
    public Optional<ArgoPod> createdAfter(ArgoPod user, Resource resource, String namespace, String name) {
        return all.stream()
                .filter(each -> each.matches(resource, namespace, name) && each.isCreatedAfter(user))
                .map(Created::creator)
                .findFirst();
    }

    /** Returns a Secret that any pod creates, with its values. */
    public Optional<ObjectNode> secret(String namespace, String name) {
        return all.stream()
                .filter(each -> each.matches(Resource.SECRETS, namespace, name))
                .map(each -> each.object().root())
                .findFirst();
    }
}
