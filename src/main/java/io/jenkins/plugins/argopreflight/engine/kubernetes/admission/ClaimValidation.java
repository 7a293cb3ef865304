package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The validation of the spec of a PersistentVolumeClaim; its selector and data sources are not checked. Source:
 * k8s.io/kubernetes pkg/apis/core/validation/validation.go (ValidatePersistentVolumeClaimSpec).
 */
public final class ClaimValidation {

    private static final String ALONE = "ReadWriteOncePod";
    private static final List<String> ACCESS_MODES = List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", ALONE);
    private static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

    private ClaimValidation() {}

    /**
     * Returns the reason why a claim is invalid, such as {@code spec.accessModes: Required value: at least 1 access
     * mode is required}.
     */
    public static Optional<String> refusalReason(JsonNode claim) {
        FieldErrors errors = new FieldErrors();
        check(claim.path("spec"), "spec", errors);
        return errors.description();
    }

    static void check(JsonNode spec, String path, FieldErrors errors) {
        accessModes(spec.path("accessModes"), path + ".accessModes", errors);
        storage(spec.path("resources").path("requests").path("storage"), path + ".resources[storage]", errors);
        String storageClass = Json.text(spec, "storageClassName");
        if (!storageClass.isEmpty()) {
            errors.invalid(path + ".storageClassName", storageClass, ObjectNames.subdomain(storageClass));
        }
        if (spec.path("volumeMode").isTextual()) {
            errors.supported(path + ".volumeMode", Json.text(spec, "volumeMode"), VOLUME_MODES);
        }
    }

    private static void accessModes(JsonNode list, String path, FieldErrors errors) {
        if (list.isEmpty()) {
            errors.required(path, "at least 1 access mode is required");
        }
        Set<String> modes = new TreeSet<>();
        list.forEach(mode -> modes.add(Json.text(mode)));
        modes.forEach(mode -> errors.supported(path, mode, ACCESS_MODES));
        modes.retainAll(ACCESS_MODES);
        if (modes.contains(ALONE) && modes.size() > 1) {
            errors.forbidden(path, "may not use ReadWriteOncePod with other access modes");
        }
    }

    private static void storage(JsonNode amount, String path, FieldErrors errors) {
        if (amount.isMissingNode() || amount.isNull()) {
            errors.required(path, "");
        }
        Quantity.read(Json.text(amount))
                .filter(quantity -> quantity.signum() <= 0)
                .ifPresent(quantity -> errors.invalid(path, quantity.toString(), "must be greater than zero"));
    }
}
