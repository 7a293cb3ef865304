package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unknowns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An emptyDir on a medium that the kubelet does not know: the API server accepts it, and the kubelet retries forever. It sets up
 * only what a container mounts. Source: kubernetes pkg/volume/emptydir/empty_dir.go (SetUpAt), pkg/volume/util (GetPodVolumeNames).
 */
public final class EmptyDirMedium implements Check {

    private static final CheckInfo INFO = new CheckInfo(
                    "empty-dir-medium",
                    "An emptyDir volume is on a medium that does not exist",
                    Severity.ERROR,
                    Topic.WORKFLOW)
            .ending(Ending.PENDING);

    private static final String KNOWN = "|Memory|HugePages(-.*)?";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.pods().findAny().isPresent();
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            for (ArgoPod pod : workflow.pods()) {
                check(workflow, pod, findings);
            }
        }
        return findings;
    }

    private static void check(WorkflowFacts workflow, ArgoPod pod, List<Finding> findings) {
        Map<String, String> wrong = new LinkedHashMap<>();
        for (JsonNode volume : pod.spec().path("volumes")) {
            String medium = volume.path("emptyDir").path("medium").asText();
            if (!medium.matches(KNOWN) && !medium.contains("{{") && !Unknowns.isUnknown(medium)) {
                wrong.put(volume.path("name").asText(), medium);
            }
        }
        for (String list : wrong.isEmpty() ? List.<String>of() : List.of("initContainers", "containers")) {
            for (JsonNode container : pod.spec().path(list)) {
                for (JsonNode mount : container.path("volumeMounts")) {
                    String volume = mount.path("name").asText();
                    String medium = wrong.remove(volume);
                    if (medium != null) {
                        findings.add(finding(workflow, pod, volume, medium).on(pod));
                    }
                }
            }
        }
    }

    private static Finding finding(WorkflowFacts workflow, ArgoPod pod, String volume, String medium) {
        return Finding.fail(
                        INFO,
                        Places.of(workflow, pod, "spec.volumes[" + volume + "].emptyDir.medium"),
                        "The kubelet knows the media Memory and HugePages, and no other word, so it cannot set up"
                                + " volume "
                                + volume + ". The pod never starts.")
                .title("emptyDir volume %s is on medium %s", volume, medium)
                .evidence(EvidenceLine.words("MountVolume.SetUp failed for volume \"" + volume
                        + "\": unknown storage medium \"" + medium + "\""))
                .fix(AskPerson.reader(
                        medium.equalsIgnoreCase("memory")
                                ? "write medium: Memory, with a capital letter"
                                : "remove medium, or write medium: Memory"));
    }
}
