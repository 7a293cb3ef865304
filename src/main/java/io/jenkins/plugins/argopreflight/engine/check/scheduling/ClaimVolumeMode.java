package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.Claims.Claim;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * A check for block devices that are mounted as a file system, and for file systems that are used as a block device.
 * Source: kubernetes pkg/kubelet/volumemanager/populator/desired_state_of_world_populator.go (createVolumeSpec).
 */
public final class ClaimVolumeMode extends PodItemCheck<Claim> {

    public ClaimVolumeMode() {
        super(
                CheckInfo.error(
                                "claim-volume-mode",
                                "A container uses a PersistentVolumeClaim in another volumeMode than it has",
                                Topic.CLUSTER)
                        .needing(Need.CLAIMS)
                        .ending(Ending.PENDING),
                Claims::all);
    }

    @Override
    public boolean lacksFacts(Facts facts) {
        return Claims.all(facts).stream()
                .anyMatch(claim ->
                        claim.isUnresolved() || claim.object(facts).ifUnknown().isPresent());
    }

    @Override
    protected List<Finding> check(Facts facts, Claim claim) {
        return claim.isUnresolved()
                ? List.of()
                : claim
                        .object(facts)
                        .ifKnown()
                        .flatMap(object -> object)
                        .flatMap(object -> check(facts, claim, object))
                        .stream()
                        .toList();
    }

    private Optional<Finding> check(Facts facts, Claim claim, ObjectNode object) {
        boolean isBlock = Json.text(object, "spec", "volumeMode").equals("Block");
        String field = isBlock ? "volumeMounts" : "volumeDevices";
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : claim.pod().spec().path(list)) {
                String name = Json.text(container, "name");
                boolean isUserContainer = ArgoContainers.writer(facts, claim.pod(), name) == ArgoContainers.Writer.USER;
                for (JsonNode mount : container.path(field)) {
                    if (isUserContainer && Json.text(mount, "name").equals(claim.volume())) {
                        return Optional.of(finding(claim, isBlock, name, "spec." + list + "[" + name + "]." + field));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Finding finding(Claim claim, boolean isBlock, String container, String path) {
        String mode = isBlock ? "Block" : "Filesystem";
        String usedField = isBlock ? "volumeMounts" : "volumeDevices";
        return Finding.fail(
                        info(),
                        Places.of(claim.workflow(), claim.pod(), path),
                        claim.description() + " has volumeMode " + mode + ", and container " + container + " of "
                                + Places.template(claim.pod()) + " has it in " + usedField
                                + ". The kubelet does not start the pod, and the workflow stays Running.")
                .title("PersistentVolumeClaim %s has volumeMode %s and is in %s", claim.name(), mode, usedField)
                .evidence(EvidenceLine.words(
                        "volume " + claim.volume() + " has volumeMode " + mode + ", but is specified in " + usedField))
                .fix(AskPerson.reader(
                        isBlock
                                ? "use a claim with volumeMode Filesystem; a device needs volumes and volumeDevices in"
                                        + " podSpecPatch, since Argo gives a pod only the volumes of volumeMounts"
                                : "use volumeMounts, with mountPath, in place of volumeDevices at "
                                        + claim.pod().origin(path)));
    }
}
