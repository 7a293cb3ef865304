package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The validation of a pod's volumes: their names are unique, and their sources have the required fields. Sources that
 * Argo's users hardly use are not checked.
 */
final class VolumeValidation {

    private static final List<String> HOST_PATH_TYPES = List.of(
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket");

    private final FieldErrors errors;
    private final Set<String> valid = new HashSet<>();
    private boolean unresolved;

    private VolumeValidation(FieldErrors errors) {
        this.errors = errors;
    }

    /**
     * Checks volumes.
     *
     * @return the valid volumes, to which mounts can refer
     */
    static VolumeValidation check(JsonNode volumes, FieldErrors errors) {
        VolumeValidation validation = new VolumeValidation(errors);
        for (int i = 0; i < volumes.size(); i++) {
            validation.check(volumes.get(i), "spec.volumes[" + i + "]");
        }
        return validation;
    }

    private void check(JsonNode volume, String path) {
        int before = errors.count();
        source(volume, path);
        String name = Json.text(volume, "name");
        unresolved |= FieldErrors.isUnresolved(name);
        if (name.isEmpty()) {
            errors.required(path + ".name", "");
        } else {
            errors.invalid(path + ".name", name, ObjectNames.label(name));
        }
        if (valid.contains(name)) {
            errors.duplicate(path + ".name", name);
        }
        if (errors.count() == before) {
            valid.add(name);
        }
    }

    private void source(JsonNode volume, String path) {
        JsonNode hostPath = volume.path("hostPath");
        if (hostPath.isObject()) {
            hostPath(hostPath, path + ".hostPath");
        }
        JsonNode ephemeral = volume.path("ephemeral");
        if (ephemeral.isObject()) {
            claim(ephemeral.path("volumeClaimTemplate"), path + ".ephemeral.volumeClaimTemplate");
        }
        requireField(volume, path, "secret", "secretName");
        requireField(volume, path, "persistentVolumeClaim", "claimName");
        requireField(volume, path, "configMap", "name");
    }

    private void hostPath(JsonNode hostPath, String path) {
        String target = Json.text(hostPath, "path");
        if (target.isEmpty()) {
            errors.required(path + ".path", "");
            return;
        }
        checkParentFolders(target, path + ".path", errors);
        errors.supported(path + ".type", Json.text(hostPath, "type"), HOST_PATH_TYPES);
    }

    private void claim(JsonNode template, String path) {
        if (template.isObject()) {
            ClaimValidation.check(template.path("spec"), path + ".spec", errors);
        } else {
            errors.required(path, "");
        }
    }

    /** Checks that a source has a field, if the volume has this source. */
    private void requireField(JsonNode volume, String path, String source, String field) {
        if (volume.path(source).isObject()
                && Json.text(volume.path(source), field).isEmpty()) {
            errors.required(path + "." + source + "." + field, "");
        }
    }

    /** Returns whether a mount can refer to a volume of this name. */
    boolean has(String name) {
        return valid.contains(name) || unresolved;
    }

    /** Checks that a path does not lead to a parent folder. */
    static void checkParentFolders(String target, String path, FieldErrors errors) {
        if (Arrays.asList(target.split("/")).contains("..")) {
            errors.invalid(path, target, "must not contain '..'");
        }
    }
}
