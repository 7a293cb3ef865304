package io.jenkins.plugins.argopreflight.engine.check.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.ResourceManifest;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Checks for manifests of resource templates without a kind or a name. kubectl accepts a patch without a kind if the
 * template's flags name the object. Only {@code create} accepts a generateName. Sources: argo-workflows
 * workflow/executor/resource.go (getKubectlArguments); kubectl pkg/cmd/apply/apply.go (generate name), cli-runtime
 * pkg/resource/visitor.go (RequireNamespace, RetrieveLazy), apimachinery pkg/apis/meta/v1/unstructured/helpers.go
 * (Decode).
 */
final class ObjectWithoutName {

    private enum Cause implements CauseKind {
        OBJECT_WITHOUT_KIND,
        OBJECT_WITHOUT_NAME
    }

    private static final String CREATE = "create";
    private static final Set<String> NEED_NAME = Set.of("apply", "patch", "replace", "delete", "get");

    private final CheckInfo info;
    private final WorkflowFacts workflow;
    private final ArgoPod pod;

    ObjectWithoutName(CheckInfo info, WorkflowFacts workflow, ArgoPod pod) {
        this.info = info;
        this.workflow = workflow;
        this.pod = pod;
    }

    /** Returns a finding for each object of the template that needs a kind or a name and has none. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        JsonNode resource = PodTemplate.resource(pod);
        String action = Json.text(resource, "action");
        if (!action.equals(CREATE) && !NEED_NAME.contains(action)) {
            return findings;
        }
        boolean isJsonPatch =
                action.equals("patch") && Json.text(resource, "mergeStrategy").equals("json");
        for (Document object :
                isJsonPatch ? List.<Document>of() : ResourceManifest.readable(Json.text(resource, "manifest"))) {
            if (object.kind().isEmpty()
                    && (!action.equals("patch") || resource.path("flags").isEmpty())) {
                findings.add(withoutKind(action));
            }
            boolean hasGenerateName = object.root().path("metadata").has("generateName");
            boolean hasName = !object.name().isEmpty() || hasGenerateName && action.equals(CREATE);
            if (!hasName && !object.kind().isEmpty() && !object.kind().endsWith("List")) {
                findings.add(withoutName(action, object, hasGenerateName));
            }
        }
        return findings;
    }

    private Finding withoutKind(String action) {
        return Finding.fail(
                        info,
                        Places.workflow(workflow, "").at(pod.templateLocation()),
                        "The manifest of " + Places.template(pod) + " has no kind, and kubectl " + action
                                + " needs one. The action fails, and the node ends in Failed.")
                .cause(Cause.OBJECT_WITHOUT_KIND)
                .title("kubectl %s needs the kind of the object", action)
                .evidence(EvidenceLine.words("Object 'Kind' is missing"))
                .fix(AskPerson.reader("write apiVersion and kind in the manifest of " + Places.template(pod)));
    }

    private Finding withoutName(String action, Document object, boolean hasGenerateName) {
        return Finding.fail(
                        info,
                        Places.workflow(workflow, "").at(pod.templateLocation()),
                        "The manifest of " + Places.template(pod) + " has no metadata.name, and kubectl " + action
                                + " needs " + (action.equals(CREATE) ? "one, or a generateName" : "one")
                                + ". The action fails, and the node ends in Failed.")
                .cause(Cause.OBJECT_WITHOUT_NAME)
                .title("kubectl %s needs the name of the %s", action, object.kind())
                .evidence(EvidenceLine.words(
                        action.equals("apply") && hasGenerateName
                                ? "error: from " + Json.text(object.root(), "metadata", "generateName")
                                        + ": cannot use generate name with apply"
                                : "metadata.name is empty"))
                .fix(AskPerson.reader(
                        hasGenerateName && action.equals("apply")
                                ? "write action: create in " + Places.template(pod)
                                        + ", or metadata.name in its manifest"
                                : "write metadata.name in the manifest of " + Places.template(pod)));
    }
}
