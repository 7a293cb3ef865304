package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.kube.LabelSelectors;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The PersistentVolumes that a claim can be bound to for which no provisioner creates one: they have the same StorageClass,
 * which can be only a name, or none; one that is kept for the claim can have any. Source: kubernetes
 * staging/src/k8s.io/component-helpers/storage/volume/pv_helpers.go (FindMatchingVolume), and
 * pkg/controller/volume/persistentvolume/pv_controller.go (syncUnboundClaim) for a claim that names its volume.
 */
final class StaticVolumes {

    private static final String ANNOTATION = "volume.beta.kubernetes.io/storage-class";
    private static final int SHOWN = 5;

    private final JsonNode claim;
    private final String wanted;
    private final List<ObjectNode> volumes;

    /** @param all every PersistentVolume of the cluster */
    StaticVolumes(JsonNode claim, List<ObjectNode> all) {
        String named = Objects.text(claim, "spec", "volumeName");
        this.claim = claim;
        this.wanted = StorageClasses.wanted(claim).orElse("");
        this.volumes = all.stream()
                .filter(volume -> named.isEmpty()
                        ? storageClass(volume).equals(wanted)
                                || isOwn(volume.path("spec").path("claimRef"))
                        : Objects.name(volume).equals(named))
                .toList();
    }

    /** Whether no provisioner creates a volume for the claim. */
    static boolean serves(ObjectNode claim) {
        JsonNode name = claim.path("spec").path("storageClassName");
        return name.isTextual()
                && name.asText("").isEmpty()
                && !Objects.annotations(claim).containsKey(ANNOTATION);
    }

    boolean isEmpty() {
        return volumes.isEmpty();
    }

    boolean hasOne() {
        return volumes.stream().anyMatch(volume -> obstacle(volume).isEmpty());
    }

    /** Why each does not fit; first those that no claim has, and of those the ones with the claim's labels. */
    List<? extends EvidenceLine> evidence() {
        List<EvidenceLine.Words> lines = volumes.stream()
                .sorted(Comparator.comparing(
                                (ObjectNode volume) -> volume.path("spec").has("claimRef"))
                        .thenComparing(volume -> !isSelected(volume)))
                .limit(SHOWN)
                .map(volume -> EvidenceLine.words("PersistentVolume " + Objects.name(volume) + ": "
                        + obstacle(volume).orElse("")))
                .toList();
        String named = Objects.text(claim, "spec", "volumeName");
        return lines.isEmpty()
                ? List.of(EvidenceLine.words(
                        named.isEmpty()
                                ? "no PersistentVolume "
                                        + (wanted.isEmpty() ? "without a StorageClass" : "of StorageClass " + wanted)
                                        + " exists"
                                : "persistentvolume \"" + named + "\" not found"))
                : lines;
    }

    /** Why the claim cannot be bound to a volume; empty where it can. */
    private Optional<String> obstacle(ObjectNode volume) {
        JsonNode owner = volume.path("spec").path("claimRef");
        boolean own = isOwn(owner);
        boolean named = !Objects.text(claim, "spec", "volumeName").isEmpty();
        String phase = Objects.text(volume, "status", "phase");
        if (Objects.isTerminating(volume)) {
            return Optional.of("is being deleted");
        }
        if (!own && !owner.isMissingNode() && !owner.isNull()) {
            return Optional.of((phase.isEmpty() ? "reserved" : phase) + ", for "
                    + (isSameName(owner) ? "an earlier claim of this name" : "another claim"));
        }
        if (!own && !named && Set.of("Released", "Failed", "Bound").contains(phase)) {
            return Optional.of("phase " + phase);
        }
        if (!own && !named && !isSelected(volume)) {
            return Optional.of("does not match the selector");
        }
        if (named && !storageClass(volume).equals(wanted)) {
            return Optional.of("storageClassName " + storageClass(volume));
        }
        return unfit(volume);
    }

    private Optional<String> unfit(ObjectNode volume) {
        String mode = mode(volume);
        if (!mode.equals(mode(claim))) {
            return Optional.of("volumeMode " + mode + ", not " + mode(claim));
        }
        Set<String> wanted = modes(claim);
        if (!modes(volume).containsAll(wanted)) {
            return Optional.of("accessModes " + modes(volume) + ", not " + wanted);
        }
        String has = volume.path("spec").path("capacity").path("storage").asText("");
        String needs = claim.path("spec")
                .path("resources")
                .path("requests")
                .path("storage")
                .asText("");
        boolean small = Quantity.read(has)
                .flatMap(capacity -> Quantity.read(needs).filter(request -> capacity.compareTo(request) < 0))
                .isPresent();
        return small ? Optional.of("capacity " + has + ", not " + needs) : Optional.empty();
    }

    /** Whether a volume is kept for this claim: by its name, and by its uid where there is one. */
    private boolean isOwn(JsonNode owner) {
        String uid = Objects.text(owner, "uid");
        return isSameName(owner) && (uid.isEmpty() || uid.equals(Objects.uid(claim)));
    }

    private boolean isSameName(JsonNode owner) {
        String namespace = Objects.namespace(claim);
        return Objects.text(owner, "name").equals(Objects.name(claim))
                && (namespace.isEmpty() || namespace.equals(Objects.text(owner, "namespace")));
    }

    private boolean isSelected(ObjectNode volume) {
        return LabelSelectors.matches(claim.path("spec").path("selector"), Objects.labels(volume));
    }

    private static String storageClass(ObjectNode volume) {
        return Objects.annotations(volume).getOrDefault(ANNOTATION, Objects.text(volume, "spec", "storageClassName"));
    }

    private static String mode(JsonNode object) {
        String mode = Objects.text(object, "spec", "volumeMode");
        return mode.isEmpty() ? "Filesystem" : mode;
    }

    private static Set<String> modes(JsonNode object) {
        Set<String> modes = new TreeSet<>();
        object.path("spec").path("accessModes").forEach(mode -> modes.add(mode.asText("")));
        return modes;
    }
}
