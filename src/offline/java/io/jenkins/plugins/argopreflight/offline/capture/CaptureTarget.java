package io.jenkins.plugins.argopreflight.offline.capture;

import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.file.FileName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An object to read, or all objects of a kind.
 *
 * @param namespace the namespace; "" for a kind without namespaces
 * @param name the name; "" for all objects
 */
record CaptureTarget(Resource resource, String namespace, String name) {

    private static final String ADMISSION = "admissionregistration.k8s.io";

    /** The objects from which answers of the API server, such as rights and admission, are determined. */
    private static final List<Resource> SOURCES_OF_ANSWERS = List.of(
            Resource.ROLES,
            Resource.ROLE_BINDINGS,
            Resource.CLUSTER_ROLES,
            Resource.CLUSTER_ROLE_BINDINGS,
            Resource.clusterScoped(ADMISSION, "v1", "validatingadmissionpolicies", "ValidatingAdmissionPolicy"),
            Resource.clusterScoped(
                    ADMISSION, "v1", "validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding"),
            Resource.clusterScoped(
                    ADMISSION, "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration"),
            Resource.clusterScoped(ADMISSION, "v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration"));

    /**
     * Returns the objects that a check of workflows in these namespaces reads, and those from which answers of the API
     * server are determined.
     */
    static Set<CaptureTarget> forWorkflows(Collection<String> namespaces, String argoNamespace) {
        Set<CaptureTarget> targets = new LinkedHashSet<>();
        for (Need need : Need.values()) {
            switch (need.which()) {
                case NAMED, ALL_OF_NAMESPACE, ALL_OF_CLUSTER ->
                    addAll(need.resource().orElseThrow(), namespaces, targets);
                case ALL_OF_ARGO, SETTINGS_OF_ARGO ->
                    addAll(need.resource().orElseThrow(), List.of(argoNamespace), targets);
                case FIXED ->
                    targets.add(new CaptureTarget(need.resource().orElseThrow(), need.namespace(), need.object()));
                case REVIEWS, DRY_RUN, REQUESTED, TO_FIX, OPEN -> {}
            }
        }
        Set<String> allNamespaces = new LinkedHashSet<>(namespaces);
        allNamespaces.add(argoNamespace);
        SOURCES_OF_ANSWERS.forEach(resource -> addAll(resource, allNamespaces, targets));
        addAll(Resource.SECRETS, List.of(argoNamespace), targets);
        addAll(Resource.CRON_WORKFLOWS, namespaces, targets);
        namespaces.forEach(namespace -> targets.add(new CaptureTarget(Resource.NAMESPACES, "", namespace)));
        return targets;
    }

    private static void addAll(Resource resource, Collection<String> namespaces, Set<CaptureTarget> targets) {
        (resource.namespaced() ? namespaces : List.of(""))
                .forEach(namespace -> targets.add(new CaptureTarget(resource, namespace, "")));
    }

    /** Returns the additional objects that a diagnosis of these workflows reads. */
    static Set<CaptureTarget> forDiagnosis(
            Collection<String> namespaces, String argoNamespace, DiagnosisContent diagnosis) {
        Set<CaptureTarget> targets = new LinkedHashSet<>();
        if (diagnosis.workflows().isEmpty()) {
            return targets;
        }
        for (String namespace : namespaces) {
            diagnosis.workflows().forEach(name -> targets.add(new CaptureTarget(Resource.WORKFLOWS, namespace, name)));
            targets.add(new CaptureTarget(Resource.PODS, namespace, ""));
            targets.add(new CaptureTarget(Resource.EVENTS, namespace, ""));
        }
        addAll(Resource.LEASES, List.of(argoNamespace), targets);
        addAll(Resource.PODS, List.of(argoNamespace), targets);
        return targets;
    }

    /** Returns the path of the file for the objects, in the snapshot's folder. */
    String file() {
        return (namespace.isEmpty() ? "cluster" : "namespaces/" + FileName.of(namespace)) + "/"
                + FileName.of(resource.qualified()) + ".yaml";
    }
}
