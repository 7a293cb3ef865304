package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The part of the API server's validation of pods that affects users of Argo; other rules are not checked. Source:
 * k8s.io/kubernetes pkg/apis/core/validation/validation.go (ValidatePodCreate).
 */
public final class PodValidation {

    private final JsonNode pod;
    private final JsonNode spec;
    private final int clusterMinor;
    private final FieldErrors errors = new FieldErrors();

    private PodValidation(JsonNode pod, int clusterMinor) {
        this.pod = pod;
        this.spec = pod.path("spec");
        this.clusterMinor = clusterMinor;
    }

    /**
     * Returns the refusal of an invalid pod, with the invalid fields; empty if the pod is valid.
     *
     * @param pod a pod with the server's defaults; its name can contain {@code *} for an unknown part
     */
    public static Optional<AdmissionRefusal> refusal(JsonNode pod, int clusterMinor) {
        PodValidation validation = new PodValidation(pod, clusterMinor);
        validation.check();
        return validation.errors.refusal("Pod", KubeObjects.name(pod));
    }

    private void check() {
        metadata();
        VolumeValidation volumes = VolumeValidation.check(spec.path("volumes"), errors);
        containers(new ContainerValidation(errors, volumes, clusterMinor));
        ResourceValidation.ofPod(spec, errors);
        enumeration("restartPolicy", "Always", "OnFailure", "Never");
        enumeration("dnsPolicy", "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
        labels(spec.path("nodeSelector"), "spec.nodeSelector");
        SecurityContextValidation.ofPod(spec.path("securityContext"), "spec.securityContext", errors);
        subdomain("serviceAccountName");
        JsonNode deadline = spec.path("activeDeadlineSeconds");
        if (deadline.isNumber() && (deadline.asLong() < 1 || deadline.asLong() > Integer.MAX_VALUE)) {
            errors.invalid("spec.activeDeadlineSeconds", deadline, "must be between 1 and 2147483647, inclusive");
        }
        subdomain("priorityClassName");
        subdomain("runtimeClassName");
        for (String list : List.of("containers", "initContainers")) {
            images(list);
        }
    }

    private void metadata() {
        String name = KubeObjects.name(pod);
        if (!name.contains("*")) {
            errors.invalid("metadata.name", name, ObjectNames.subdomain(name));
        }
        labels(pod.path("metadata").path("labels"), "metadata.labels");
        KubeObjects.annotations(pod)
                .keySet()
                .forEach(key -> errors.invalid(
                        "metadata.annotations", key, ObjectNames.qualified(key.toLowerCase(Locale.ROOT))));
    }

    private void labels(JsonNode labels, String path) {
        Json.strings(labels).forEach((key, value) -> {
            errors.invalid(path, key, ObjectNames.qualified(key));
            errors.invalid(path, value, ObjectNames.labelValue(value));
        });
    }

    private void containers(ContainerValidation validation) {
        JsonNode containers = spec.path("containers");
        if (containers.isEmpty()) {
            errors.required("spec.containers", "");
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < containers.size(); i++) {
            validation.check(containers.get(i), "spec.containers[" + i + "]");
            unique(containers.get(i), "spec.containers[" + i + "]", names);
        }
        JsonNode starting = spec.path("initContainers");
        for (int i = 0; i < starting.size(); i++) {
            validation.check(starting.get(i), "spec.initContainers[" + i + "]");
            unique(starting.get(i), "spec.initContainers[" + i + "]", names);
        }
    }

    private void unique(JsonNode container, String path, Set<String> names) {
        String name = Json.text(container, "name");
        if (!names.add(name)) {
            errors.duplicate(path + ".name", name);
        }
    }

    private void enumeration(String field, String... values) {
        String value = Json.text(spec, field);
        if (!value.isEmpty()) {
            errors.supported("spec." + field, value, List.of(values));
        }
    }

    private void subdomain(String field) {
        String value = Json.text(spec, field);
        if (!value.isEmpty()) {
            errors.invalid("spec." + field, value, ObjectNames.subdomain(value));
        }
    }

    private void images(String list) {
        JsonNode containers = spec.path(list);
        for (int i = 0; i < containers.size(); i++) {
            String image = Json.text(containers.get(i), "image");
            if (!image.equals(image.strip())) {
                errors.invalid(
                        "spec." + list + "[" + i + "].image", image, "must not have leading or trailing whitespace");
            }
        }
    }
}
