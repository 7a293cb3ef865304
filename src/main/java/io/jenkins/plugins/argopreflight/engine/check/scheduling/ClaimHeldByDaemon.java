package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.Unsure;
import io.jenkins.plugins.argopreflight.engine.check.place.ClaimTemplates;
import io.jenkins.plugins.argopreflight.engine.check.place.ClaimTemplates.ClaimTemplate;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One pod at a time uses a claim with access mode ReadWriteOncePod, and a daemon ends only with the steps or dag around it.
 * Source: kubernetes pkg/scheduler/framework/plugins/volumerestrictions.
 */
public final class ClaimHeldByDaemon implements Check {

    private static final String MODE = "ReadWriteOncePod";
    private static final CheckInfo INFO = new CheckInfo(
                    "claim-held-by-daemon",
                    "A pod needs a ReadWriteOncePod claim that a daemon of its workflow holds",
                    Severity.ERROR,
                    Topic.CLUSTER)
            .needing(Need.CLAIMS)
            .ending(Ending.PENDING);

    /** A claim that a pod and a daemon that runs beside it mount. */
    private record Shared(WorkflowFacts workflow, ArgoPod pod, ArgoPod daemon, String volume, String claim) {

        String field() {
            return "spec.volumes[" + volume + "].persistentVolumeClaim.claimName";
        }
    }

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return !shared(facts).isEmpty();
    }

    @Override
    public List<Finding> check(Facts facts) {
        return shared(facts).stream()
                .flatMap(shared -> modes(facts, shared)
                        .fold(
                                modes -> modes.contains(MODE) ? Optional.of(held(shared)) : Optional.<Finding>empty(),
                                unknown -> Optional.of(Unsure.finding(
                                        INFO,
                                        Places.of(shared.workflow(), shared.pod(), shared.field()),
                                        "the access modes of PersistentVolumeClaim " + shared.claim(),
                                        unknown)))
                        .map(finding -> finding.on(shared.pod()))
                        .stream())
                .toList();
    }

    private static List<Shared> shared(Facts facts) {
        List<Shared> all = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            for (Map.Entry<ArgoPod, ConcurrentPods> beside :
                    workflow.together().daemons().entrySet()) {
                for (JsonNode volume : beside.getKey().spec().path("volumes")) {
                    String claim = claim(volume);
                    beside.getValue().pods().keySet().stream()
                            .filter(daemon -> !claim.isEmpty() && mounts(daemon, claim))
                            .findFirst()
                            .ifPresent(daemon -> all.add(new Shared(
                                    workflow, beside.getKey(), daemon, Objects.text(volume, "name"), claim)));
                }
            }
        }
        return all;
    }

    private static String claim(JsonNode volume) {
        return Objects.text(volume, "persistentVolumeClaim", "claimName");
    }

    private static boolean mounts(ArgoPod pod, String claim) {
        for (JsonNode volume : pod.spec().path("volumes")) {
            if (claim(volume).equals(claim)) {
                return true;
            }
        }
        return false;
    }

    /** Of the volumeClaimTemplate with the volume's name, else of the claim itself; none where it does not exist. */
    private static Fact<List<String>> modes(Facts facts, Shared shared) {
        for (ClaimTemplate template : ClaimTemplates.of(facts, shared.workflow())) {
            if (template.name().equals(shared.volume())) {
                return Fact.known(modes(template.claim()));
            }
        }
        Fact<Optional<ObjectNode>> claim = facts.found(
                shared.pod(),
                Resource.PERSISTENT_VOLUME_CLAIMS,
                shared.workflow().namespace(),
                shared.claim());
        return claim.map(found -> found.map(ClaimHeldByDaemon::modes).orElse(List.of()));
    }

    private static List<String> modes(JsonNode claim) {
        List<String> modes = new ArrayList<>();
        claim.path("spec").path("accessModes").forEach(mode -> modes.add(mode.asText()));
        return modes;
    }

    private static Finding held(Shared shared) {
        return Finding.fail(
                        INFO,
                        Places.of(shared.workflow(), shared.pod(), shared.field()),
                        "PersistentVolumeClaim " + shared.claim() + " has access mode " + MODE
                                + ", and a daemon of an earlier step, " + Places.template(shared.daemon())
                                + ", uses it. The daemon runs until its steps have ended, so the pod of "
                                + Places.template(shared.pod()) + " stays Pending forever.")
                .title("A daemon holds ReadWriteOncePod claim %s", shared.claim())
                .evidence(
                        EvidenceLine.words(
                                "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod"
                                        + " access mode"),
                        EvidenceLine.words(
                                "referred to by volume " + shared.volume() + Places.by(shared.pod(), shared.field())))
                .fix(AskPerson.reader("use a claim with accessModes: [ReadWriteOnce], which pods on one node share, or"
                        + " [ReadWriteMany]; the access modes of a claim cannot be changed"));
    }
}
