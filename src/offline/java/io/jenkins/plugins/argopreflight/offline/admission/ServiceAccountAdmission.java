package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * An imitation of the admission plug-in for ServiceAccounts: sets the account's name and pull Secrets, and checks which
 * Secrets the pod can refer to. Source: k8s.io/kubernetes plugin/pkg/admission/serviceaccount/admission.go.
 */
final class ServiceAccountAdmission {

    private ServiceAccountAdmission() {}

    static String accountOf(JsonNode pod) {
        String name = Json.text(pod, "spec", "serviceAccountName");
        return name.isEmpty() ? "default" : name;
    }

    /**
     * Sets the account's name and pull Secrets, and returns the reason if the pod is refused.
     *
     * @param pod the pod, which gets the account's name, and its pull Secrets if it has none
     * @param account empty if it does not exist
     */
    static Optional<String> admit(ObjectNode pod, String namespace, Optional<ObjectNode> account) {
        String name = accountOf(pod);
        ObjectNode spec = pod.withObject("/spec").put("serviceAccountName", name);
        if (account.isEmpty()) {
            return Optional.of("error looking up service account " + namespace + "/" + name + ": serviceaccount \""
                    + name + "\" not found");
        }
        JsonNode pullSecrets = account.get().path("imagePullSecrets");
        if (spec.path("imagePullSecrets").isEmpty() && !pullSecrets.isEmpty()) {
            spec.set("imagePullSecrets", pullSecrets.deepCopy());
        }
        return KubeObjects.enforcesMountableSecrets(account.get())
                ? refusalOfUnlistedSecret(spec, account.get())
                : Optional.empty();
    }

    /** Returns the reason if the pod uses a Secret that the account does not list. */
    private static Optional<String> refusalOfUnlistedSecret(JsonNode spec, ObjectNode account) {
        List<String> mountable = KubeObjects.names(account.path("secrets"));
        String reason =
                " is not allowed because service account " + KubeObjects.name(account) + " does not reference that ";
        for (JsonNode volume : spec.path("volumes")) {
            String secret = Json.text(volume, "secret", "secretName");
            if (volume.path("secret").isObject() && !mountable.contains(secret)) {
                return Optional.of("volume with secret.secretName=\"" + secret + "\"" + reason + "secret");
            }
        }
        Optional<String> environment = refusalOfEnvironment(
                        spec.path("initContainers"), "init container ", mountable, reason)
                .or(() -> refusalOfEnvironment(spec.path("containers"), "container ", mountable, reason));
        if (environment.isPresent()) {
            return environment;
        }
        List<String> pullable = KubeObjects.names(account.path("imagePullSecrets"));
        JsonNode pullSecrets = spec.path("imagePullSecrets");
        for (int i = 0; i < pullSecrets.size(); i++) {
            String secret = Json.text(pullSecrets.get(i), "name");
            if (!pullable.contains(secret)) {
                return Optional.of("imagePullSecrets[" + i + "].name=\"" + secret + "\"" + reason + "imagePullSecret");
            }
        }
        return Optional.empty();
    }

    /** Returns the reason if a variable of a container uses a Secret that the account does not list. */
    private static Optional<String> refusalOfEnvironment(
            JsonNode containers, String kind, List<String> mountable, String reason) {
        for (JsonNode container : containers) {
            String containerName = kind + Json.text(container, "name");
            for (JsonNode variable : container.path("env")) {
                JsonNode reference = variable.path("valueFrom").path("secretKeyRef");
                String secret = Json.text(reference, "name");
                if (reference.isObject() && !mountable.contains(secret)) {
                    return Optional.of(containerName + " with envVar " + Json.text(variable, "name")
                            + " referencing secret.secretName=\"" + secret + "\"" + reason + "secret");
                }
            }
            for (JsonNode source : container.path("envFrom")) {
                String secret = Json.text(source, "secretRef", "name");
                if (source.path("secretRef").isObject() && !mountable.contains(secret)) {
                    return Optional.of(containerName + " with envFrom referencing secret.secretName=\"" + secret + "\""
                            + reason + "secret");
                }
            }
        }
        return Optional.empty();
    }
}
