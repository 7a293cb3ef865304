package io.jenkins.plugins.argopreflight.engine.check.container;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.DescribedCheck;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.place.SettingFix;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.pod.Folders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A check that looks at each container of each pod. */
abstract class ContainerCheck extends DescribedCheck {

    /**
     * One container.
     *
     * @param path such as {@code spec.containers[main]}
     */
    record At(Facts facts, WorkflowFacts workflow, ArgoPod pod, String path, JsonNode container) {

        String name() {
            return container.path("name").asText("");
        }

        JsonNode securityContext() {
            return container.path("securityContext");
        }

        /** The template as it stands in the given files; missing where it is of the cluster, or is none. */
        JsonNode template() {
            return WrittenTemplates.of(facts).of(workflow, pod);
        }

        /** Whether the template, where it is in the given files, has it as a sidecar. */
        boolean isSidecar() {
            return template()
                    .path("sidecars")
                    .valueStream()
                    .anyMatch(sidecar -> sidecar.path("name").asText("").equals(name()));
        }

        /** Where a volume is mounted, without slashes at its end; "" for the root. */
        static String folder(JsonNode mount) {
            return Folders.withoutSlashes(mount.path("mountPath").asText(""));
        }

        /** Whether a path is that of a mount, or below it. */
        static boolean isIn(JsonNode mount, String path) {
            String folder = folder(mount);
            return path.equals(folder) || path.startsWith(folder + "/");
        }

        /** The container in words. */
        String description() {
            return "container " + name()
                    + (pod.template().isEmpty() ? " of pod " + pod.name() : " of template " + pod.template());
        }
    }

    ContainerCheck(CheckInfo info) {
        super(info);
    }

    ContainerCheck(String id, String summary) {
        this(info(id, summary));
    }

    static CheckInfo info(String id, String summary) {
        return new CheckInfo(id, summary, Severity.ERROR, Topic.WORKFLOW);
    }

    /** What to set where the user did not write the container; a field of it as YAML. */
    Yaml setting() {
        return Yaml.of("securityContext: {} # the valid value");
    }

    /** What is wrong with this container. */
    abstract List<Finding> check(At at);

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        Map<List<Object>, List<Found>> argos = new LinkedHashMap<>();
        for (At at : each(facts)) {
            for (Finding finding : check(at)) {
                if (finding.outcome() == Outcome.UNKNOWN
                        || ArgoContainers.writer(facts, at.pod(), at.name()) == ArgoContainers.Writer.USER) {
                    findings.add(finding.on(at.pod()));
                } else {
                    argos.computeIfAbsent(
                                    List.of(at.pod(), finding.subject().container(""), finding.outcome()),
                                    any -> new ArrayList<>())
                            .add(new Found(at, finding));
                }
            }
        }
        argos.values().forEach(found -> findings.add(mended(found)));
        return findings;
    }

    private record Found(At at, Finding finding) {}

    /** One setting makes several of Argo's containers what they are. */
    private Finding mended(List<Found> found) {
        At first = found.get(0).at();
        List<String> names = found.stream().map(each -> each.at().name()).toList();
        Finding finding = found.get(0).finding().on(first.pod());
        if (names.size() > 1) {
            finding = finding.evidence(
                    EvidenceLine.words("the same for " + SettingFix.list(names.subList(1, names.size()))));
        }
        boolean complete = SettingFix.isIn(finding.fixes());
        return complete
                ? finding
                : finding.fix(SettingFix.of(first.facts(), first.workflow(), first.pod(), names, setting()));
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.workflows().stream().anyMatch(workflow -> !workflow.pods().isEmpty());
    }

    /** Every container, init containers first, in the order of pods. */
    static List<At> each(Facts facts) {
        return facts.derived(All.class, of -> new All(find(of))).containers();
    }

    private record All(List<At> containers) {}

    private static List<At> find(Facts facts) {
        List<At> all = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            for (ArgoPod pod : workflow.pods()) {
                for (String list : List.of("initContainers", "containers")) {
                    for (JsonNode container : pod.spec().path(list)) {
                        String path =
                                "spec." + list + "[" + container.path("name").asText("") + "]";
                        // What a webhook added is not the workflow's to correct.
                        if (!pod.added().contains(container.path("name").asText(""))) {
                            all.add(new At(facts, workflow, pod, path, container));
                        }
                    }
                }
            }
        }
        return all;
    }
}
