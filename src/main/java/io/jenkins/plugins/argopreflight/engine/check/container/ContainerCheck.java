package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.pod.Folders;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.PodItem;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.location.SettingFix;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A check of each container of each pod. */
abstract class ContainerCheck extends PodItemCheck<ContainerCheck.CheckedContainer> {

    /**
     * A container of a pod.
     *
     * @param path the path of the container in the pod, such as {@code spec.containers[main]}
     */
    record CheckedContainer(Facts facts, WorkflowFacts workflow, ArgoPod pod, String path, JsonNode container)
            implements PodItem {

        String name() {
            return Json.text(container, "name");
        }

        JsonNode securityContext() {
            return container.path("securityContext");
        }

        /**
         * Returns the pod's template as it is written in the given files, or in the objects to which the workflow
         * refers; a missing node if it is not found, or the pod has no template.
         */
        JsonNode template() {
            return WrittenTemplates.of(facts).template(workflow, pod);
        }

        /** Returns whether the written template has this container as a sidecar. */
        boolean isSidecar() {
            return template()
                    .path("sidecars")
                    .valueStream()
                    .anyMatch(sidecar -> Json.text(sidecar, "name").equals(name()));
        }

        /** Returns the folder of a mount, without slashes at its end; "" for the root. */
        static String folder(JsonNode mount) {
            return Folders.withoutSlashes(Json.text(mount, "mountPath"));
        }

        /** Returns whether a path is the folder of a mount, or below it. */
        static boolean covers(JsonNode mount, String path) {
            String folder = folder(mount);
            return path.equals(folder) || path.startsWith(folder + "/");
        }

        /** Returns the container and its template in words. */
        String description() {
            return "container " + name()
                    + (pod.template().isEmpty() ? " of pod " + pod.name() : " of template " + pod.template());
        }
    }

    ContainerCheck(CheckInfo info) {
        super(info, ContainerCheck::containers);
    }

    /**
     * Returns the field that this check reports, with a valid value. The fix for a container that Argo writes sets this
     * field in the setting of that container.
     */
    Yaml fieldToSet() {
        return Yaml.of("securityContext: {} # the valid value");
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new Findings();
        Map<List<Object>, List<ContainerFinding>> argoFindings = new LinkedHashMap<>();
        for (CheckedContainer checked : containers(facts)) {
            for (Finding finding : check(facts, checked)) {
                if (finding.outcome() == Outcome.UNKNOWN
                        || ArgoContainers.writer(facts, checked.pod(), checked.name()) == ArgoContainers.Writer.USER) {
                    findings.add(withPod(checked, finding));
                } else {
                    argoFindings
                            .computeIfAbsent(
                                    List.of(checked.pod(), finding.subject().container(""), finding.outcome()),
                                    any -> new ArrayList<>())
                            .add(new ContainerFinding(checked, finding));
                }
            }
        }
        argoFindings.values().forEach(containerFindings -> findings.add(withSettingFix(containerFindings)));
        return findings;
    }

    private record ContainerFinding(CheckedContainer checked, Finding finding) {}

    /** Returns one finding for several containers of Argo, which have the problem because of the same setting. */
    private Finding withSettingFix(List<ContainerFinding> containerFindings) {
        CheckedContainer first = containerFindings.get(0).checked();
        List<String> names =
                containerFindings.stream().map(each -> each.checked().name()).toList();
        Finding finding = withPod(first, containerFindings.get(0).finding());
        if (names.size() > 1) {
            finding = finding.evidence(
                    EvidenceLine.words("the same for " + SettingFix.list(names.subList(1, names.size()))));
        }
        boolean isComplete = SettingFix.containsPodPatch(finding.fixes());
        return isComplete
                ? finding
                : finding.fix(SettingFix.of(first.facts(), first.workflow(), first.pod(), names, fieldToSet()));
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.pods().findAny().isPresent();
    }

    /** Returns all containers in the order of pods, init containers first. */
    static List<CheckedContainer> containers(Facts facts) {
        return facts.derived(Containers.class, known -> new Containers(find(known)))
                .containers();
    }

    /** The result of {@link #containers(Facts)}, stored in the facts by this class. */
    private record Containers(List<CheckedContainer> containers) {}

    private static List<CheckedContainer> find(Facts facts) {
        List<CheckedContainer> all = new ArrayList<>();
        for (WorkflowPod item : WorkflowPod.all(facts)) {
            for (String list : List.of("initContainers", "containers")) {
                for (JsonNode container : item.pod().spec().path(list)) {
                    String path = "spec." + list + "[" + Json.text(container, "name") + "]";
                    // A container that a webhook added cannot be corrected in the workflow.
                    if (!item.pod().addedByAdmission().contains(Json.text(container, "name"))) {
                        all.add(new CheckedContainer(facts, item.workflow(), item.pod(), path, container));
                    }
                }
            }
        }
        return all;
    }
}
