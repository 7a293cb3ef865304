package io.jenkins.plugins.argopreflight.engine.sync.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Map;
import java.util.Optional;

/** The apparent owner of an object, by the marks that the usual tools leave on what they write. */
public final class Ownership {

    /** Prefixes of annotations and labels, with the tool that uses them. */
    private static final Map<String, String> PREFIXES = Map.of(
            "meta.helm.sh/release-name", "Helm release",
            "argocd.argoproj.io/", "Argo CD",
            "reconcile.external-secrets.io/", "External Secrets",
            "sealedsecrets.bitnami.com/", "Sealed Secrets",
            "kustomize.toolkit.fluxcd.io/", "Flux",
            "replicator.v1.mittwald.de/", "kubernetes-replicator",
            "reflector.v1.k8s.emberstack.com/", "Reflector",
            "field.cattle.io/", "Rancher",
            "openshift.io/", "OpenShift");

    private Ownership() {}

    /** Returns a phrase such as {@code its owner ExternalSecret/regcred}; empty if nothing shows an owner. */
    public static Optional<String> of(JsonNode object) {
        for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            return Optional.of("its owner " + Json.text(owner, "kind") + "/" + Json.text(owner, "name"));
        }
        return byPrefix(KubeObjects.annotations(object))
                .or(() -> byPrefix(KubeObjects.labels(object)))
                .or(() -> managedBy(object))
                .or(() -> fieldManager(object));
    }

    private static Optional<String> byPrefix(Map<String, String> marks) {
        return PREFIXES.entrySet().stream()
                .filter(prefix -> marks.keySet().stream().anyMatch(mark -> mark.startsWith(prefix.getKey())))
                .map(prefix -> prefix.getKey().startsWith("meta.helm.sh")
                        ? prefix.getValue() + " " + marks.get(prefix.getKey())
                        : prefix.getValue())
                .sorted()
                .findFirst();
    }

    private static Optional<String> managedBy(JsonNode object) {
        return Optional.ofNullable(KubeObjects.labels(object).get(OwnershipLabels.MANAGED_BY));
    }

    private static Optional<String> fieldManager(JsonNode object) {
        for (JsonNode entry : object.path("metadata").path("managedFields")) {
            String manager = Json.text(entry, "manager");
            if (!manager.equals(OwnershipLabels.US)) {
                return Optional.of(manager);
            }
        }
        return Optional.empty();
    }
}
