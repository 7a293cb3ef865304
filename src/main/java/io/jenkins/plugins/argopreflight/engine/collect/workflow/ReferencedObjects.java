package io.jenkins.plugins.argopreflight.engine.collect.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The objects that pods refer to, and the lists that decide where they stand; names still open are left out. */
public final class ReferencedObjects {

    /** @param name "" for all objects of the kind */
    public record Reference(Resource resource, String namespace, String name) {}

    private final Set<Reference> all = new LinkedHashSet<>();

    private ReferencedObjects() {}

    /** What checks of these workflows will ask for. */
    public static Set<Reference> of(List<WorkflowFacts> workflows) {
        ReferencedObjects references = new ReferencedObjects();
        for (WorkflowFacts workflow : workflows) {
            String namespace = workflow.namespace();
            if (hasClaimTemplates(workflow.document().root())) {
                references.all.add(new Reference(Resource.STORAGE_CLASSES, "", ""));
            }
            references.all.add(new Reference(Resource.RESOURCE_QUOTAS, namespace, ""));
            references.template(workflow.document().root(), namespace);
            workflow.pods().forEach(pod -> references.pod(pod, namespace));
        }
        return references.all;
    }

    private static boolean hasClaimTemplates(JsonNode workflow) {
        JsonNode spec = workflow.path("spec");
        return !spec.path("volumeClaimTemplates").isEmpty()
                || !spec.path("workflowSpec").path("volumeClaimTemplates").isEmpty()
                || !spec.path("workflowTemplateRef").isMissingNode();
    }

    private void template(JsonNode workflow, String namespace) {
        JsonNode spec = workflow.path("spec");
        JsonNode reference = (spec.has("workflowSpec") ? spec.path("workflowSpec") : spec).path("workflowTemplateRef");
        boolean cluster = reference.path("clusterScope").asBoolean();
        add(
                cluster ? Resource.CLUSTER_WORKFLOW_TEMPLATES : Resource.WORKFLOW_TEMPLATES,
                cluster ? "" : namespace,
                Objects.text(reference, "name"));
    }

    private void pod(ArgoPod pod, String namespace) {
        JsonNode spec = pod.spec();
        all.add(new Reference(Resource.NODES, "", ""));
        if (!spec.path("affinity")
                .path("podAffinity")
                .path("requiredDuringSchedulingIgnoredDuringExecution")
                .isEmpty()) {
            all.add(new Reference(Resource.PODS, namespace, ""));
        }
        add(Resource.SERVICE_ACCOUNTS, namespace, Objects.text(spec, "serviceAccountName"));
        add(Resource.SERVICE_ACCOUNTS, namespace, pod.executorAccount());
        ResourceAction.of(pod, namespace).forEach(action -> add(action.resource(), action.namespace(), action.name()));
        add(Resource.PRIORITY_CLASSES, "", Objects.text(spec, "priorityClassName"));
        add(Resource.RUNTIME_CLASSES, "", Objects.text(spec, "runtimeClassName"));
        pod.secrets().forEach(name -> add(Resource.SECRETS, namespace, name));
        spec.path("volumes").forEach(volume -> volume(volume, namespace));
        for (String list : List.of("initContainers", "containers")) {
            spec.path(list).forEach(container -> container(container, namespace));
        }
    }

    private void volume(JsonNode volume, String namespace) {
        add(Resource.SECRETS, namespace, Objects.text(volume, "secret", "secretName"));
        add(Resource.CONFIG_MAPS, namespace, Objects.text(volume, "configMap", "name"));
        String claim = Objects.text(volume, "persistentVolumeClaim", "claimName");
        add(Resource.PERSISTENT_VOLUME_CLAIMS, namespace, claim);
        if (!claim.isEmpty() || volume.has("ephemeral")) {
            all.add(new Reference(Resource.STORAGE_CLASSES, "", ""));
        }
        for (JsonNode source : volume.path("projected").path("sources")) {
            add(Resource.SECRETS, namespace, Objects.text(source, "secret", "name"));
            add(Resource.CONFIG_MAPS, namespace, Objects.text(source, "configMap", "name"));
        }
    }

    private void container(JsonNode container, String namespace) {
        for (JsonNode variable : container.path("env")) {
            JsonNode from = variable.path("valueFrom");
            add(Resource.SECRETS, namespace, Objects.text(from, "secretKeyRef", "name"));
            add(Resource.CONFIG_MAPS, namespace, Objects.text(from, "configMapKeyRef", "name"));
        }
        for (JsonNode from : container.path("envFrom")) {
            add(Resource.SECRETS, namespace, Objects.text(from, "secretRef", "name"));
            add(Resource.CONFIG_MAPS, namespace, Objects.text(from, "configMapRef", "name"));
        }
    }

    private void add(Resource resource, String namespace, String name) {
        if (!name.isEmpty() && !name.contains("{{") && !name.contains("*")) {
            all.add(new Reference(resource, namespace, name));
        }
    }
}
