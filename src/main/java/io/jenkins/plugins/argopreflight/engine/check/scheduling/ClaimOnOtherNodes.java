package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.scheduling.Claims.Claim;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.node.NodeSelectors;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A check for claims whose volume is available only on nodes that cannot run the pod. Source: kubernetes
 * pkg/scheduler/framework/plugins/volumebinding (ErrReasonNodeConflict).
 */
public final class ClaimOnOtherNodes extends Check {

    /**
     * The prefix of labels that in-tree drivers wrote. The scheduler translates these labels into labels that depend on
     * the driver, so they are not compared here.
     */
    private static final String MIGRATED = "failure-domain.beta.kubernetes.io/";

    public ClaimOnOtherNodes() {
        super(CheckInfo.error(
                        "claim-on-other-nodes",
                        "The volume of a PersistentVolumeClaim is on nodes that the pod cannot run on",
                        Topic.CLUSTER)
                .needing(Need.CLAIMS, Need.VOLUMES, Need.NODES)
                .ending(Ending.PENDING));
    }

    @Override
    public boolean applies(Facts facts) {
        return !Claims.all(facts).isEmpty();
    }

    @Override
    public boolean lacksFacts(Facts facts) {
        return Nodes.all(facts).ifUnknown().isPresent()
                || Claims.all(facts).stream()
                        .anyMatch(claim -> claim.isUnresolved()
                                || claim.object(facts).ifUnknown().isPresent());
    }

    @Override
    public List<Finding> check(Facts facts) {
        Map<ArgoPod, List<Claim>> pods = new LinkedHashMap<>();
        Claims.all(facts).stream()
                .filter(claim -> !volumeName(facts, claim).isEmpty())
                .forEach(claim -> pods.computeIfAbsent(claim.pod(), pod -> new ArrayList<>())
                        .add(claim));
        Fact<List<ObjectNode>> volumes = facts.cluster().list(Resource.PERSISTENT_VOLUMES, "");
        List<Finding> findings = new Findings();
        pods.forEach((pod, claims) -> volumes.fold(
                        known -> check(facts, pod, claims, known),
                        unknown -> Optional.of(UnknownFindings.finding(
                                info(),
                                claims.get(0).subject("spec.volumeName"),
                                "on which nodes PersistentVolumeClaim "
                                        + claims.get(0).name() + " can be used",
                                unknown)))
                .ifPresent(finding -> findings.add(finding.on(pod))));
        return findings;
    }

    private static String volumeName(Facts facts, Claim claim) {
        return claim.isUnresolved()
                ? ""
                : claim.object(facts)
                        .ifKnown()
                        .flatMap(object -> object)
                        .map(object -> Json.text((JsonNode) object, "spec", "volumeName"))
                        .orElse("");
    }

    private Optional<Finding> check(Facts facts, ArgoPod pod, List<Claim> claims, List<ObjectNode> volumes) {
        List<ObjectNode> remainingNodes = facts.placement().allowed(pod.spec());
        for (Claim claim : claims) {
            if (remainingNodes.isEmpty()) {
                return Optional.empty();
            }
            String name = volumeName(facts, claim);
            JsonNode terms = volumes.stream()
                    .filter(each -> KubeObjects.name(each).equals(name))
                    .findFirst()
                    .map(each -> each.path("spec")
                            .path("nodeAffinity")
                            .path("required")
                            .path("nodeSelectorTerms"))
                    .filter(each -> each.isArray() && !each.toString().contains(MIGRATED))
                    .orElse(null);
            if (terms == null) {
                continue;
            }
            List<ObjectNode> matchingNodes = matching(remainingNodes, terms);
            if (matchingNodes.isEmpty()) {
                return Optional.of(finding(facts, claim, name, terms, remainingNodes));
            }
            remainingNodes = matchingNodes;
        }
        return Optional.empty();
    }

    private static List<ObjectNode> matching(List<ObjectNode> nodes, JsonNode terms) {
        return nodes.stream()
                .filter(node -> NodeSelectors.matchesTerms(terms, node))
                .toList();
    }

    private Finding finding(Facts facts, Claim claim, String volume, JsonNode terms, List<ObjectNode> remainingNodes) {
        List<ObjectNode> allNodes = Nodes.all(facts).ifKnown().orElse(List.of());
        List<ObjectNode> volumeNodes = matching(allNodes, terms);
        // The pod can run on a node with this volume, but no such node has the volumes of its other claims.
        boolean hasVolumeConflict =
                !matching(facts.placement().allowed(claim.pod().spec()), terms).isEmpty();
        return Finding.fail(
                        info(),
                        claim.subject("spec.volumeName"),
                        "The volume of " + claim.description() + ", PersistentVolume " + volume
                                + ", can be used only on nodes with " + NodeSelectors.text(terms) + ". The pod of "
                                + Places.template(claim.pod()) + " can run on " + Nodes.nameList(remainingNodes)
                                + (hasVolumeConflict ? ", where its other volumes are" : "")
                                + ". It stays Pending forever.")
                .title("The volume of PersistentVolumeClaim %s is on other nodes", claim.name())
                .evidence(
                        EvidenceLine.field("spec.nodeAffinity", NodeSelectors.text(terms))
                                .of("PersistentVolume " + volume),
                        EvidenceLine.words((volumeNodes.isEmpty() ? "no node" : "node " + Nodes.nameList(volumeNodes))
                                + " has that"),
                        EvidenceLine.words("node(s) didn't match PersistentVolume's node affinity"))
                .fix(
                        RunCommands.of(Command.kubectl("describe", "persistentvolume")
                                        .name("PersistentVolume", volume))
                                .because("its Node Affinity shows where the volume is:"),
                        AskPerson.reader(advice(claim, volumeNodes.isEmpty(), hasVolumeConflict)));
    }

    /**
     * Returns the fix as a request to the reader of the report.
     *
     * @param hasNoNode whether the cluster has no node with the volume
     * @param hasVolumeConflict whether the volumes of the pod's claims are on different nodes
     */
    private static String advice(Claim claim, boolean hasNoNode, boolean hasVolumeConflict) {
        if (hasNoNode) {
            return "then use another claim, or bring that node back: a volume on a node that was removed is lost, and"
                    + " only a new claim gets a new one";
        }
        return hasVolumeConflict
                ? "then use claims whose volumes are on the same node or in the same zone"
                : "then let the pod run there: correct nodeSelector, affinity or tolerations of "
                        + Places.template(claim.pod()) + ", or uncordon that node";
    }
}
