package io.jenkins.plugins.argopreflight.offline.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Locale;
import java.util.Set;

/** The resources of objects, determined without an API server. */
public final class StoredKinds {

    private static final Set<String> CLUSTER_SCOPED = Set.of(
            "APIService",
            "CSIDriver",
            "CSINode",
            "CertificateSigningRequest",
            "ClusterRole",
            "ClusterRoleBinding",
            "ClusterWorkflowTemplate",
            "CustomResourceDefinition",
            "FlowSchema",
            "IngressClass",
            "MutatingWebhookConfiguration",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PriorityClass",
            "PriorityLevelConfiguration",
            "RuntimeClass",
            "SecurityContextConstraints",
            "StorageClass",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
            "VolumeAttachment");

    private StoredKinds() {}

    /**
     * Returns the resource by Kubernetes' naming convention: the plural of its kind in lower case.
     *
     * @see <a href="https://github.com/kubernetes/apimachinery/blob/v0.34.4/pkg/api/meta/restmapper.go">
     * UnsafeGuessKindToResource</a>
     */
    public static Resource resource(ObjectNode object) {
        String apiVersion = Json.text(object, "apiVersion");
        int slash = apiVersion.indexOf('/');
        String kind = Json.text(object, "kind");
        return new Resource(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                plural(kind.toLowerCase(Locale.ROOT)),
                kind,
                !CLUSTER_SCOPED.contains(kind));
    }

    private static String plural(String name) {
        if (name.endsWith("y")) {
            return name.substring(0, name.length() - 1) + "ies";
        }
        return name + (name.endsWith("s") ? "es" : "s");
    }
}
