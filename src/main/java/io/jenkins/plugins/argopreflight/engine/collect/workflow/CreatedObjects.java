package io.jenkins.plugins.argopreflight.engine.collect.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.collect.object.SecretKeys;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The objects that the resource templates of workflows create: for what runs later they are there. */
public final class CreatedObjects {

    private record Created(ArgoPod by, String namespace, Document object) {}

    private final List<Created> all = new ArrayList<>();

    private CreatedObjects() {}

    public static CreatedObjects of(List<WorkflowFacts> workflows) {
        CreatedObjects created = new CreatedObjects();
        workflows.forEach(workflow -> workflow.pods().forEach(pod -> created.add(workflow, pod)));
        return created;
    }

    private void add(WorkflowFacts workflow, ArgoPod pod) {
        in(pod).forEach(object -> all.add(
                new Created(pod, object.namespace().isEmpty() ? workflow.namespace() : object.namespace(), object)));
    }

    /** The objects that the resource template of a pod creates; none of another template. */
    public static List<Document> in(ArgoPod pod) {
        JsonNode resource = PodTemplate.resource(pod);
        if (!ResourceManifest.creates(resource)) {
            return List.of();
        }
        try {
            return ResourceManifest.read(resource.path("manifest").asText(""));
        } catch (ManifestException later) {
            // What only the running workflow fills in is reported where its rights are.
            return List.of();
        }
    }

    /** An object that is created by then: by anything but a later step. */
    public Optional<ObjectNode> find(ArgoPod user, Resource resource, String namespace, String name) {
        return all.stream()
                .filter(each -> is(each, resource, namespace, name) && !user.isBefore(each.by()))
                .map(each -> shown(each.object()))
                .findFirst();
    }

    private static ObjectNode shown(Document object) {
        return object.kind().equals(Resource.SECRETS.kind()) ? SecretKeys.of(object.root()) : object.root();
    }

    /** A Secret that is created at some time, with its content. */
    public Optional<ObjectNode> secret(String namespace, String name) {
        return all.stream()
                .filter(each -> is(each, Resource.SECRETS, namespace, name))
                .map(each -> each.object().root())
                .findFirst();
    }

    private static boolean is(Created each, Resource resource, String namespace, String name) {
        return each.object().kind().equals(resource.kind())
                && each.object().name().equals(name)
                && (!resource.namespaced() || each.namespace().equals(namespace));
    }
}
