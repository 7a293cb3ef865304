package io.jenkins.plugins.argopreflight.engine.check.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.ResourceManifest;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.List;
import java.util.Set;

/**
 * A resource template whose manifest does not name its object: only {@code create} takes a generateName. Source: kubectl
 * pkg/cmd/apply/apply.go (generate name), cli-runtime pkg/resource/visitor.go (RequireNamespace, RetrieveLazy).
 */
final class ObjectWithoutName {

    private enum Cause implements CauseKind {
        OBJECT_WITHOUT_NAME
    }

    private static final String CREATE = "create";
    private static final Set<String> NEED_NAME = Set.of("apply", "patch", "replace", "delete", "get");

    private ObjectWithoutName() {}

    /** Adds a finding for each object of the template that needs a name and has none. */
    static void check(WorkflowFacts workflow, ArgoPod pod, List<Finding> findings) {
        JsonNode resource = PodTemplate.resource(pod);
        String action = resource.path("action").asText();
        if (!action.equals(CREATE) && !NEED_NAME.contains(action)) {
            return;
        }
        boolean patch = action.equals("patch")
                && resource.path("mergeStrategy").asText().equals("json");
        for (Document object :
                patch ? List.<Document>of() : ResourceManifest.readable(Objects.text(resource, "manifest"))) {
            boolean generated = object.root().path("metadata").has("generateName");
            boolean named = !object.name().isEmpty() || generated && action.equals(CREATE);
            if (!named && !object.kind().isEmpty() && !object.kind().endsWith("List")) {
                findings.add(finding(workflow, pod, action, object, generated).on(pod));
            }
        }
    }

    private static Finding finding(
            WorkflowFacts workflow, ArgoPod pod, String action, Document object, boolean generated) {
        return Finding.fail(
                        ResourceCommand.INFO,
                        Places.workflow(workflow, "").at(pod.templateLocation()),
                        "The manifest of " + Places.template(pod) + " has no metadata.name, and kubectl " + action
                                + " needs " + (action.equals(CREATE) ? "one, or a generateName" : "one")
                                + ". The action fails, and the node ends in Failed.")
                .cause(Cause.OBJECT_WITHOUT_NAME)
                .title("kubectl %s needs the name of the %s", action, object.kind())
                .evidence(EvidenceLine.words(
                        action.equals("apply") && generated
                                ? "error: from " + Objects.text(object.root(), "metadata", "generateName")
                                        + ": cannot use generate name with apply"
                                : "metadata.name is empty"))
                .fix(AskPerson.reader(
                        generated && action.equals("apply")
                                ? "write action: create in " + Places.template(pod)
                                        + ", or metadata.name in its manifest"
                                : "write metadata.name in the manifest of " + Places.template(pod)));
    }
}
