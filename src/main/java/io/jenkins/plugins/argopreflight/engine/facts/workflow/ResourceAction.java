package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The action of a resource template on an object with a fixed name, of a kind to which pods also refer. Source:
 * argo-workflows workflow/executor/resource.go.
 *
 * @param action the action, such as {@code create} or {@code patch}
 */
public record ResourceAction(ArgoPod pod, String action, Resource resource, String namespace, String name) {

    /** The kinds whose objects are read if a resource template acts on them. */
    public static final List<Resource> READ = List.of(
            Resource.CONFIG_MAPS, Resource.SECRETS, Resource.PERSISTENT_VOLUME_CLAIMS, Resource.SERVICE_ACCOUNTS);

    /** The flags with which kubectl changes nothing, or does not fail if the object is absent. */
    private static final List<String> HARMLESS = List.of("--dry-run", "--ignore-not-found");

    /**
     * Returns the actions of the template that the pod runs; none for another template, and for names that only the
     * running workflow knows.
     */
    public static List<ResourceAction> of(ArgoPod pod, String namespace) {
        JsonNode resource = PodTemplate.resource(pod);
        boolean harmless = resource.path("flags")
                .valueStream()
                .anyMatch(flag -> HARMLESS.stream().anyMatch(Json.text(flag)::startsWith));
        if (!resource.isObject() || harmless) {
            return List.of();
        }
        KubectlFlags flags = KubectlFlags.of(resource.path("flags"));
        List<ResourceAction> actions = new ArrayList<>();
        for (Document object : ResourceManifest.readable(Json.text(resource, "manifest"))) {
            String objectNamespace =
                    object.namespace().isEmpty() ? flags.namespace().orElse(namespace) : object.namespace();
            kind(object)
                    .map(kind -> new ResourceAction(
                            pod, Json.text(resource, "action"), kind, objectNamespace, object.name()))
                    .filter(ResourceAction::isFixed)
                    .ifPresent(actions::add);
        }
        return actions;
    }

    private static Optional<Resource> kind(Document object) {
        return READ.stream()
                .filter(each ->
                        each.kind().equals(object.kind()) && each.version().equals(object.apiVersion()))
                .findFirst();
    }

    private boolean isFixed() {
        return !name.isEmpty()
                && !name.contains("{{")
                && !name.contains("*")
                && !namespace.contains("{{")
                && !action.contains("{{");
    }

    /** Returns whether both actions are on the same object. */
    public boolean isOfSame(ResourceAction other) {
        return resource.equals(other.resource) && namespace.equals(other.namespace) && name.equals(other.name);
    }
}
