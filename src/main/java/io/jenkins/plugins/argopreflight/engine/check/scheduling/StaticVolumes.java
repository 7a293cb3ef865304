package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.LabelSelectors;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The PersistentVolumes to which a claim can be bound if no provisioner creates a volume. These are the volumes with
 * the claim's storageClassName and the volumes that are reserved for the claim. No StorageClass of this name has to
 * exist, and the name can be empty. Source: kubernetes
 * staging/src/k8s.io/component-helpers/storage/volume/pv_helpers.go (FindMatchingVolume), and
 * pkg/controller/volume/persistentvolume/pv_controller.go (syncUnboundClaim) for a claim that names its volume.
 */
final class StaticVolumes {

    private static final String ANNOTATION = "volume.beta.kubernetes.io/storage-class";
    private static final int MAX_SHOWN_VOLUMES = 5;

    private final JsonNode claim;
    private final String className;
    private final List<ObjectNode> volumes;

    /**
     * Selects the volumes for a claim.
     *
     * @param all all PersistentVolumes of the cluster
     */
    StaticVolumes(JsonNode claim, List<ObjectNode> all) {
        String volumeName = Json.text(claim, "spec", "volumeName");
        this.claim = claim;
        this.className = StorageClasses.nameOf(claim).orElse("");
        this.volumes = all.stream()
                .filter(volume -> volumeName.isEmpty()
                        ? storageClass(volume).equals(className)
                                || isOwn(volume.path("spec").path("claimRef"))
                        : KubeObjects.name(volume).equals(volumeName))
                .toList();
    }

    /** Returns whether the claim excludes provisioning: its storageClassName is "". */
    static boolean excludesProvisioning(ObjectNode claim) {
        JsonNode name = claim.path("spec").path("storageClassName");
        return name.isTextual()
                && Json.text(name).isEmpty()
                && !KubeObjects.annotations(claim).containsKey(ANNOTATION);
    }

    boolean isEmpty() {
        return volumes.isEmpty();
    }

    /** Returns whether one of the volumes fits the claim. */
    boolean hasFitting() {
        return volumes.stream().anyMatch(volume -> obstacle(volume).isEmpty());
    }

    /**
     * Returns the reason why each volume does not fit, sorted: volumes that are neither bound nor reserved come first,
     * and among equals those that match the claim's selector. If there are no volumes, returns that there are none.
     */
    List<? extends EvidenceLine> evidence() {
        List<EvidenceLine.Words> lines = volumes.stream()
                .sorted(Comparator.comparing(
                                (ObjectNode volume) -> volume.path("spec").has("claimRef"))
                        .thenComparing(volume -> !isSelected(volume)))
                .limit(MAX_SHOWN_VOLUMES)
                .map(volume -> EvidenceLine.words("PersistentVolume " + KubeObjects.name(volume) + ": "
                        + obstacle(volume).orElse("")))
                .toList();
        String volumeName = Json.text(claim, "spec", "volumeName");
        return lines.isEmpty()
                ? List.of(EvidenceLine.words(
                        volumeName.isEmpty()
                                ? "no PersistentVolume "
                                        + (className.isEmpty()
                                                ? "without a StorageClass"
                                                : "of StorageClass " + className)
                                        + " exists"
                                : "persistentvolume \"" + volumeName + "\" not found"))
                : lines;
    }

    /** Returns the reason why the claim cannot be bound to a volume, or empty if it can. */
    private Optional<String> obstacle(ObjectNode volume) {
        JsonNode owner = volume.path("spec").path("claimRef");
        boolean isReserved = isOwn(owner);
        boolean namesVolume = !Json.text(claim, "spec", "volumeName").isEmpty();
        String phase = Json.text(volume, "status", "phase");
        if (KubeObjects.isTerminating(volume)) {
            return Optional.of("is being deleted");
        }
        if (!isReserved && !owner.isMissingNode() && !owner.isNull()) {
            return Optional.of((phase.isEmpty() ? "reserved" : phase) + ", for "
                    + (isSameName(owner) ? "an earlier claim of this name" : "another claim"));
        }
        if (!isReserved && !namesVolume && Set.of("Released", "Failed", "Bound").contains(phase)) {
            return Optional.of("phase " + phase);
        }
        if (!isReserved && !namesVolume && !isSelected(volume)) {
            return Optional.of("does not match the selector");
        }
        if (namesVolume && !storageClass(volume).equals(className)) {
            return Optional.of("storageClassName " + storageClass(volume));
        }
        return specObstacle(volume);
    }

    private Optional<String> specObstacle(ObjectNode volume) {
        String mode = mode(volume);
        if (!mode.equals(mode(claim))) {
            return Optional.of("volumeMode " + mode + ", not " + mode(claim));
        }
        Set<String> requiredModes = modes(claim);
        if (!modes(volume).containsAll(requiredModes)) {
            return Optional.of("accessModes " + modes(volume) + ", not " + requiredModes);
        }
        String capacityText = Json.text(volume, "spec", "capacity", "storage");
        String requestText = Json.text(claim, "spec", "resources", "requests", "storage");
        boolean isTooSmall = Quantity.read(capacityText)
                .flatMap(capacity -> Quantity.read(requestText).filter(request -> capacity.compareTo(request) < 0))
                .isPresent();
        return isTooSmall ? Optional.of("capacity " + capacityText + ", not " + requestText) : Optional.empty();
    }

    /**
     * Returns whether a volume is reserved for this claim.
     *
     * @param owner the volume's claimRef, which has the claim's name and can have its uid
     */
    private boolean isOwn(JsonNode owner) {
        String uid = Json.text(owner, "uid");
        return isSameName(owner) && (uid.isEmpty() || uid.equals(KubeObjects.uid(claim)));
    }

    private boolean isSameName(JsonNode owner) {
        String namespace = KubeObjects.namespace(claim);
        return Json.text(owner, "name").equals(KubeObjects.name(claim))
                && (namespace.isEmpty() || namespace.equals(Json.text(owner, "namespace")));
    }

    private boolean isSelected(ObjectNode volume) {
        return LabelSelectors.matches(claim.path("spec").path("selector"), KubeObjects.labels(volume));
    }

    private static String storageClass(ObjectNode volume) {
        return KubeObjects.annotations(volume).getOrDefault(ANNOTATION, Json.text(volume, "spec", "storageClassName"));
    }

    private static String mode(JsonNode object) {
        String mode = Json.text(object, "spec", "volumeMode");
        return mode.isEmpty() ? "Filesystem" : mode;
    }

    private static Set<String> modes(JsonNode object) {
        Set<String> modes = new TreeSet<>();
        object.path("spec").path("accessModes").forEach(mode -> modes.add(Json.text(mode)));
        return modes;
    }
}
