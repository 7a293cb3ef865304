package io.jenkins.plugins.argopreflight.engine.check.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.KubectlFlags;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.ResourceManifest;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A check for resource templates that patch with a strategy which kubectl or the API server refuses. Sources:
 * argo-workflows workflow/executor/resource.go (getKubectlArguments); kubernetes pkg/cmd/patch of kubectl and
 * apiextensions-apiserver pkg/apiserver/customresource_handler.go, where a custom resource has no strategic merge
 * patch.
 */
public final class PatchStrategy extends ResourceTemplateCheck {

    private static final String STRATEGIC = "strategic";
    private static final Set<String> STRATEGIES = Set.of(STRATEGIC, "merge", "json");

    /** Matches API groups of Kubernetes itself. It includes each group without a dot. */
    private static final String BUILT_IN =
            "[^.]*|(admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates"
                    + "|coordination|discovery|events|flowcontrol\\.apiserver|internal\\.apiserver|networking|node"
                    + "|rbac\\.authorization|resource|scheduling|storage|storagemigration)\\.k8s\\.io";

    /** Matches API groups that an aggregated API server can serve, which supports all strategies. */
    private static final String AGGREGATED = ".*(\\.openshift\\.io|\\.?metrics\\.k8s\\.io|\\.operators\\.coreos\\.com)";

    private static final ClusterKinds KINDS = ClusterKinds.of(List.of());

    public PatchStrategy() {
        super(CheckInfo.error(
                        "patch-strategy",
                        "A resource template patches an object in a way that its kind does not support",
                        Topic.WORKFLOW)
                .ending(Ending.FAILED));
    }

    @Override
    protected boolean concerns(WorkflowPod item) {
        return Json.text(PodTemplate.resource(item.pod()), "action").equals("patch");
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowPod item) {
        JsonNode resource = PodTemplate.resource(item.pod());
        boolean hasType = resource.path("flags")
                .valueStream()
                .anyMatch(flag -> Json.text(flag).startsWith("--type"));
        return hasType
                ? List.of()
                : check(item.workflow(), item.pod(), resource).stream().toList();
    }

    private Optional<Finding> check(WorkflowFacts workflow, ArgoPod pod, JsonNode resource) {
        String written = Json.text(resource, "mergeStrategy");
        String strategy = written.isEmpty() ? STRATEGIC : written;
        if (strategy.contains("{{")) {
            return Optional.empty();
        }
        if (!STRATEGIES.contains(strategy)) {
            return Optional.of(finding(
                            workflow,
                            pod,
                            "There is no mergeStrategy " + strategy + ": kubectl has strategic, merge and json.")
                    .title("mergeStrategy %s does not exist", strategy)
                    .evidence(EvidenceLine.words(
                            "error: --type must be one of [json merge strategic], not \"" + strategy + "\""))
                    .fix(AskPerson.reader("write mergeStrategy: merge in " + Places.template(pod))));
        }
        if (strategy.equals("json")) {
            return resource.path("flags").isEmpty() ? Optional.of(withoutName(workflow, pod)) : Optional.empty();
        }
        return strategy.equals(STRATEGIC)
                ? customKind(resource).map(kind -> strategicPatchOfCustomKind(workflow, pod, kind))
                : Optional.empty();
    }

    private Finding withoutName(WorkflowFacts workflow, ArgoPod pod) {
        return finding(
                        workflow,
                        pod,
                        "With mergeStrategy json the manifest is only the list of changes, and the template has no"
                                + " flags that name the object.")
                .title("The object of a json patch is not named")
                .evidence(EvidenceLine.words("resource.flags is empty"))
                .fix(AskPerson.reader("write flags: [KIND, NAME] in " + Places.template(pod)));
    }

    private Finding strategicPatchOfCustomKind(WorkflowFacts workflow, ArgoPod pod, String kind) {
        return finding(
                        workflow,
                        pod,
                        "Without a mergeStrategy kubectl sends a strategic merge patch, and the API server supports"
                                + " none for " + kind + ", which is a custom resource.")
                .title("%s cannot be patched with a strategic merge", kind)
                .evidence(EvidenceLine.words(
                        "application/strategic-merge-patch+json is not supported: the body of the request was in an"
                                + " unknown format (415 UnsupportedMediaType)"))
                .fix(AskPerson.reader("write mergeStrategy: merge in " + Places.template(pod)));
    }

    private Finding finding(WorkflowFacts workflow, ArgoPod pod, String reason) {
        return Finding.fail(
                info(),
                Places.workflow(workflow, "").at(pod.templateLocation()),
                reason + " The action fails, and the node ends in Failed.");
    }

    /** Returns the kind of the object if it is known to be a custom resource. */
    private static Optional<String> customKind(JsonNode resource) {
        String manifest = Json.text(resource, "manifest");
        KubectlFlags flags = KubectlFlags.of(resource.path("flags"));
        try {
            for (Document object : manifest.isBlank() ? List.<Document>of() : ResourceManifest.read(manifest)) {
                if (isCustom(object.group())) {
                    return Optional.of(object.kind());
                }
            }
        } catch (ManifestException unreadable) {
            return Optional.empty();
        }
        return flags.kinds().stream()
                .map(KINDS::byWord)
                .filter(kind -> isCustom(kind.group()))
                .map(ClusterKinds.Found::kind)
                .findFirst();
    }

    private static boolean isCustom(String group) {
        return !group.contains("{{") && !group.matches(BUILT_IN) && !group.matches(AGGREGATED);
    }
}
