package io.jenkins.plugins.argopreflight.engine.collect.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a resource template does to an object with a fixed name, of a kind that pods use too. Source: argo-workflows
 * workflow/executor/resource.go.
 *
 * @param action {@code create}, {@code patch}, …
 */
public record ResourceAction(ArgoPod pod, String action, Resource resource, String namespace, String name) {

    /** Kinds of which every object that a resource template acts on is read. */
    public static final List<Resource> READ = List.of(
            Resource.CONFIG_MAPS, Resource.SECRETS, Resource.PERSISTENT_VOLUME_CLAIMS, Resource.SERVICE_ACCOUNTS);

    /** Flags with which kubectl changes nothing, or takes an absent object for no error. */
    private static final List<String> HARMLESS = List.of("--dry-run", "--ignore-not-found");

    /** Of the template that the pod runs; none of another template, and of names that only the running workflow knows. */
    public static List<ResourceAction> of(ArgoPod pod, String namespace) {
        JsonNode resource = PodTemplate.resource(pod);
        boolean harmless = resource.path("flags")
                .valueStream()
                .anyMatch(flag -> HARMLESS.stream().anyMatch(flag.asText("")::startsWith));
        if (!resource.isObject() || harmless) {
            return List.of();
        }
        KubectlFlags flags = KubectlFlags.of(resource.path("flags"));
        List<ResourceAction> actions = new ArrayList<>();
        for (Document object : ResourceManifest.readable(Objects.text(resource, "manifest"))) {
            String in = object.namespace().isEmpty() ? flags.namespace().orElse(namespace) : object.namespace();
            kind(object)
                    .map(kind -> new ResourceAction(pod, Objects.text(resource, "action"), kind, in, object.name()))
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

    /** Whether it concerns the same object. */
    public boolean isOfSame(ResourceAction other) {
        return resource.equals(other.resource) && namespace.equals(other.namespace) && name.equals(other.name);
    }
}
