package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import static io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.CheckedPod.isSet;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The kinds of volumes that a restricted pod can have. */
final class VolumeTypes {

    private static final List<String> ALLOWED = List.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");
    private static final List<String> FORBIDDEN = List.of(
            "hostPath",
            "gcePersistentDisk",
            "awsElasticBlockStore",
            "gitRepo",
            "nfs",
            "iscsi",
            "glusterfs",
            "rbd",
            "flexVolume",
            "cinder",
            "cephfs",
            "flocker",
            "fc",
            "azureFile",
            "vsphereVolume",
            "quobyte",
            "azureDisk",
            "photonPersistentDisk",
            "portworxVolume",
            "scaleIO",
            "storageos");

    private VolumeTypes() {}

    static Optional<Violation> restricted(CheckedPod pod) {
        List<String> bad = new ArrayList<>();
        Set<String> types = new TreeSet<>();
        for (JsonNode volume : pod.spec().path("volumes")) {
            if (type(volume, ALLOWED).isEmpty()) {
                bad.add(Json.text(volume, "name"));
                types.add(type(volume, FORBIDDEN).orElse("unknown"));
            }
        }
        return bad.isEmpty()
                ? Optional.empty()
                : Optional.of(Violation.ofVolumes(
                        PodSecurityCheck.RESTRICTED_VOLUMES,
                        bad,
                        Words.named("volume", bad)
                                + (bad.size() == 1 ? " uses " : " use ")
                                + Words.named("restricted volume type", types)));
    }

    private static Optional<String> type(JsonNode volume, List<String> types) {
        return types.stream().filter(type -> isSet(volume.path(type))).findFirst();
    }
}
