package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.need.Which;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The objects to which pods refer, and the lists that decide on which nodes the pods run. Names with expressions are
 * left out.
 */
public final class ReferencedObjects {

    /**
     * A reference to an object, or to all objects of a kind.
     *
     * @param name the name; {@code ""} for all objects of the kind
     */
    public record Reference(Resource resource, String namespace, String name) {}

    private final Set<Reference> all = new LinkedHashSet<>();

    private ReferencedObjects() {}

    /** Returns the objects that the checks of these workflows need. */
    public static Set<Reference> of(List<WorkflowFacts> workflows) {
        ReferencedObjects references = new ReferencedObjects();
        for (WorkflowFacts workflow : workflows) {
            String namespace = workflow.namespace();
            if (hasClaimTemplates(workflow.document().root())) {
                references.all.add(new Reference(Resource.STORAGE_CLASSES, "", ""));
                references.all.add(new Reference(Resource.LIMIT_RANGES, namespace, ""));
            }
            references.all.add(new Reference(Resource.RESOURCE_QUOTAS, namespace, ""));
            references.addTemplate(workflow.document().root(), namespace);
            workflow.pods().forEach(pod -> references.addPod(pod, namespace));
        }
        return references.all;
    }

    private static boolean hasClaimTemplates(JsonNode workflow) {
        JsonNode spec = spec(workflow);
        return !spec.path("volumeClaimTemplates").isEmpty() || spec.has("workflowTemplateRef");
    }

    /** Returns the spec of the workflow, or that of the workflows that a CronWorkflow creates. */
    private static JsonNode spec(JsonNode workflow) {
        JsonNode spec = workflow.path("spec");
        return spec.has("workflowSpec") ? spec.path("workflowSpec") : spec;
    }

    private void addTemplate(JsonNode workflow, String namespace) {
        JsonNode reference = spec(workflow).path("workflowTemplateRef");
        boolean cluster = reference.path("clusterScope").asBoolean();
        add(
                cluster ? Resource.CLUSTER_WORKFLOW_TEMPLATES : Resource.WORKFLOW_TEMPLATES,
                cluster ? "" : namespace,
                Json.text(reference, "name"));
    }

    /**
     * Adds the objects to which the pod's spec refers, by the paths of {@link Need}, and those of its executor and its
     * resource template.
     */
    private void addPod(ArgoPod pod, String namespace) {
        for (Need need : Need.values()) {
            for (List<String> path : need.paths()) {
                forEachValue(pod.spec(), path, value -> addNeed(need, namespace, value));
            }
        }
        add(Resource.SERVICE_ACCOUNTS, namespace, pod.executorAccount());
        ResourceAction.of(pod, namespace).forEach(action -> add(action.resource(), action.namespace(), action.name()));
        pod.secrets().forEach(name -> add(Resource.SECRETS, namespace, name));
    }

    private void addNeed(Need need, String namespace, JsonNode value) {
        Resource resource = need.resource().orElseThrow();
        String objectNamespace = resource.namespaced() ? namespace : "";
        if (need.which() == Which.NAMED) {
            add(resource, objectNamespace, Json.text(value));
        } else {
            all.add(new Reference(resource, objectNamespace, ""));
        }
    }

    /** Calls the consumer with each value at a path of an object, for all elements of lists. */
    private static void forEachValue(JsonNode object, List<String> path, Consumer<JsonNode> consumer) {
        if (path.isEmpty()) {
            consumer.accept(object);
            return;
        }
        String field = path.get(0);
        List<String> remaining = path.subList(1, path.size());
        // A path through containers also leads through init containers.
        if (field.equals("containers")) {
            forEachElement(object.path("initContainers"), remaining, consumer);
        }
        forEachElement(object.path(field), remaining, consumer);
    }

    private static void forEachElement(JsonNode value, List<String> path, Consumer<JsonNode> consumer) {
        if (value.isArray()) {
            value.forEach(element -> forEachValue(element, path, consumer));
        } else if (!value.isMissingNode()) {
            forEachValue(value, path, consumer);
        }
    }

    private void add(Resource resource, String namespace, String name) {
        if (!name.isEmpty() && !name.contains("{{") && !name.contains("*")) {
            all.add(new Reference(resource, namespace, name));
        }
    }
}
