package io.jenkins.plugins.argopreflight.offline.capture;

import io.jenkins.plugins.argopreflight.engine.file.FileName;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Something to read: one object, or all of a kind.
 *
 * @param namespace "" for what lives in none
 * @param name "" for all objects
 */
record Wanted(Resource resource, String namespace, String name) {

    private static final String ADMISSION = "admissionregistration.k8s.io";

    /** They stand for what only an API server answers: rights, admission. */
    private static final List<Resource> IN_PLACE_OF_ANSWERS = List.of(
            Resource.ROLES,
            Resource.ROLE_BINDINGS,
            Resource.CLUSTER_ROLES,
            Resource.CLUSTER_ROLE_BINDINGS,
            new Resource(ADMISSION, "v1", "validatingadmissionpolicies", "ValidatingAdmissionPolicy", false),
            new Resource(
                    ADMISSION, "v1", "validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding", false),
            new Resource(ADMISSION, "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", false),
            new Resource(ADMISSION, "v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", false));

    /** What a check of workflows in these namespaces needs, and what stands for the answers of an API server. */
    static Set<Wanted> forWorkflows(Collection<String> namespaces, String argoNamespace) {
        Set<Wanted> wanted = new LinkedHashSet<>();
        for (Need need : Need.values()) {
            switch (need.which()) {
                case NAMED, ALL_OF_NAMESPACE, ALL_OF_CLUSTER ->
                    all(need.resource().orElseThrow(), namespaces, wanted);
                case ALL_OF_ARGO, SETTINGS_OF_ARGO ->
                    all(need.resource().orElseThrow(), List.of(argoNamespace), wanted);
                case FIXED -> wanted.add(new Wanted(need.resource().orElseThrow(), need.namespace(), need.object()));
                case REVIEWS, DRY_RUN, REQUESTED, TO_FIX, OPEN -> {}
            }
        }
        Set<String> places = new LinkedHashSet<>(namespaces);
        places.add(argoNamespace);
        IN_PLACE_OF_ANSWERS.forEach(resource -> all(resource, places, wanted));
        all(Resource.SECRETS, List.of(argoNamespace), wanted);
        all(Resource.CRON_WORKFLOWS, namespaces, wanted);
        namespaces.forEach(namespace -> wanted.add(new Wanted(Resource.NAMESPACES, "", namespace)));
        return wanted;
    }

    private static void all(Resource resource, Collection<String> namespaces, Set<Wanted> wanted) {
        (resource.namespaced() ? namespaces : List.of(""))
                .forEach(namespace -> wanted.add(new Wanted(resource, namespace, "")));
    }

    /** What a diagnosis of these workflows looks at besides. */
    static Set<Wanted> afterFailure(Collection<String> namespaces, String argoNamespace, AfterFailure after) {
        Set<Wanted> wanted = new LinkedHashSet<>();
        if (after.workflows().isEmpty()) {
            return wanted;
        }
        for (String namespace : namespaces) {
            after.workflows().forEach(name -> wanted.add(new Wanted(Resource.WORKFLOWS, namespace, name)));
            wanted.add(new Wanted(Resource.PODS, namespace, ""));
            wanted.add(new Wanted(Resource.EVENTS, namespace, ""));
        }
        all(Resource.LEASES, List.of(argoNamespace), wanted);
        all(Resource.PODS, List.of(argoNamespace), wanted);
        return wanted;
    }

    /** Where its objects are written, below the snapshot's folder. */
    String file() {
        return (namespace.isEmpty() ? "cluster" : "namespaces/" + FileName.of(namespace)) + "/"
                + FileName.of(resource.qualified()) + ".yaml";
    }
}
