package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules for all kinds of containers. */
final class ContainerValidation {

    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");

    private final FieldErrors errors;
    private final VolumeValidation volumes;
    private final int clusterMinor;

    ContainerValidation(FieldErrors errors, VolumeValidation volumes, int clusterMinor) {
        this.errors = errors;
        this.volumes = volumes;
        this.clusterMinor = clusterMinor;
    }

    void check(JsonNode container, String path) {
        String name = Json.text(container, "name");
        if (name.isEmpty()) {
            errors.required(path + ".name", "");
        } else {
            errors.invalid(path + ".name", name, ObjectNames.label(name));
        }
        if (Json.text(container, "image").isEmpty()) {
            errors.required(path + ".image", "");
        }
        ports(container.path("ports"), path + ".ports");
        environment(container, path);
        mounts(container.path("volumeMounts"), path + ".volumeMounts");
        String policy = Json.text(container, "imagePullPolicy");
        if (!policy.isEmpty()) {
            errors.supported(path + ".imagePullPolicy", policy, PULL_POLICIES);
        }
        ResourceValidation.ofContainer(container, path, errors);
        SecurityContextValidation.ofContainer(container.path("securityContext"), path + ".securityContext", errors);
    }

    private void ports(JsonNode ports, String path) {
        for (int i = 0; i < ports.size(); i++) {
            JsonNode port = ports.get(i).path("containerPort");
            if (port.asLong() == 0) {
                errors.required(path + "[" + i + "].containerPort", "");
            } else if (port.asLong() < 1 || port.asLong() > 65535) {
                errors.invalid(path + "[" + i + "].containerPort", port, "must be between 1 and 65535, inclusive");
            }
        }
    }

    private void environment(JsonNode container, String path) {
        JsonNode variables = container.path("env");
        for (int i = 0; i < variables.size(); i++) {
            String at = path + ".env[" + i + "]";
            String name = Json.text(variables.get(i), "name");
            if (name.isEmpty()) {
                errors.required(at + ".name", "");
            } else {
                errors.invalid(at + ".name", name, ObjectNames.environment(name, clusterMinor));
            }
            for (String source : List.of("configMapKeyRef", "secretKeyRef")) {
                reference(variables.get(i).path("valueFrom").path(source), at + ".valueFrom." + source);
            }
        }
    }

    private void reference(JsonNode reference, String path) {
        if (!reference.isObject()) {
            return;
        }
        String name = Json.text(reference, "name");
        errors.invalid(path + ".name", name, ObjectNames.subdomain(name));
        String key = Json.text(reference, "key");
        if (key.isEmpty()) {
            errors.required(path + ".key", "");
        } else {
            errors.invalid(path + ".key", key, ObjectNames.key(key));
        }
    }

    private void mounts(JsonNode mounts, String path) {
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < mounts.size(); i++) {
            String at = path + "[" + i + "]";
            String name = Json.text(mounts.get(i), "name");
            if (name.isEmpty()) {
                errors.required(at + ".name", "");
            }
            if (!volumes.has(name)) {
                errors.notFound(at + ".name", name);
            }
            String mountPath = Json.text(mounts.get(i), "mountPath");
            if (mountPath.isEmpty()) {
                errors.required(at + ".mountPath", "");
            }
            if (!taken.add(mountPath)) {
                errors.invalid(at + ".mountPath", mountPath, "must be unique");
            }
            String subPath = Json.text(mounts.get(i), "subPath");
            if (subPath.startsWith("/")) {
                errors.invalid(path + ".subPath", subPath, "must be a relative path");
            }
            VolumeValidation.checkParentFolders(subPath, path + ".subPath", errors);
        }
    }
}
