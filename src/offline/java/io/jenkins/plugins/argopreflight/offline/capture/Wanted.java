package io.jenkins.plugins.argopreflight.offline.capture;

import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Something to read: one object, or all of a kind.
 *
 * @param namespace "" for what lives in none
 * @param name "" for all objects
 */
record Wanted(Resource resource, String namespace, String name) {

    private static final String ADMISSION = "admissionregistration.k8s.io";

    private static final List<Resource> WHERE_WORKFLOWS_RUN = List.of(
            Resource.SERVICE_ACCOUNTS,
            Resource.SECRETS,
            Resource.CONFIG_MAPS,
            Resource.ROLES,
            Resource.ROLE_BINDINGS,
            Resource.RESOURCE_QUOTAS,
            Resource.LIMIT_RANGES,
            Resource.PERSISTENT_VOLUME_CLAIMS,
            Resource.WORKFLOW_TEMPLATES,
            Resource.CRON_WORKFLOWS);
    private static final List<Resource> WHERE_ARGO_RUNS = List.of(
            Resource.CONFIG_MAPS,
            Resource.DEPLOYMENTS,
            Resource.SERVICE_ACCOUNTS,
            Resource.ROLES,
            Resource.ROLE_BINDINGS,
            Resource.SECRETS);
    private static final List<Resource> IN_NO_NAMESPACE = List.of(
            Resource.NODES,
            Resource.PERSISTENT_VOLUMES,
            Resource.STORAGE_CLASSES,
            Resource.PRIORITY_CLASSES,
            Resource.RUNTIME_CLASSES,
            Resource.CLUSTER_WORKFLOW_TEMPLATES,
            Resource.CLUSTER_ROLES,
            Resource.CLUSTER_ROLE_BINDINGS,
            new Resource(ADMISSION, "v1", "validatingadmissionpolicies", "ValidatingAdmissionPolicy", false),
            new Resource(
                    ADMISSION, "v1", "validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", false),
            new Resource(ADMISSION, "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", false),
            new Resource(ADMISSION, "v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", false));

    /** What a check of workflows in these namespaces looks at. */
    static List<Wanted> forWorkflows(Collection<String> namespaces, String argoNamespace) {
        List<Wanted> wanted = new ArrayList<>();
        for (String namespace : namespaces) {
            WHERE_WORKFLOWS_RUN.forEach(resource -> wanted.add(new Wanted(resource, namespace, "")));
            wanted.add(new Wanted(Resource.NAMESPACES, "", namespace));
        }
        WHERE_ARGO_RUNS.stream()
                .map(resource -> new Wanted(resource, argoNamespace, ""))
                .filter(each -> !wanted.contains(each))
                .forEach(wanted::add);
        IN_NO_NAMESPACE.forEach(resource -> wanted.add(new Wanted(resource, "", "")));
        return wanted;
    }

    /** What a diagnosis of these workflows looks at besides. */
    static List<Wanted> afterFailure(Collection<String> namespaces, String argoNamespace, AfterFailure after) {
        List<Wanted> wanted = new ArrayList<>();
        if (after.workflows().isEmpty()) {
            return wanted;
        }
        for (String namespace : namespaces) {
            after.workflows().forEach(name -> wanted.add(new Wanted(Resource.WORKFLOWS, namespace, name)));
            wanted.add(new Wanted(Resource.PODS, namespace, ""));
            wanted.add(new Wanted(Resource.EVENTS, namespace, ""));
        }
        for (Resource resource : List.of(Resource.LEASES, Resource.PODS)) {
            Wanted each = new Wanted(resource, argoNamespace, "");
            if (!wanted.contains(each)) {
                wanted.add(each);
            }
        }
        return wanted;
    }

    /** Where its objects are written, below the snapshot's folder. */
    String file() {
        return (namespace.isEmpty() ? "cluster" : "namespaces/" + namespace) + "/" + resource.qualified() + ".yaml";
    }
}
