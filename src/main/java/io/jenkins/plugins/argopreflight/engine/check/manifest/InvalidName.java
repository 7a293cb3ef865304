package io.jenkins.plugins.argopreflight.engine.check.manifest;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.location.Literals;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Locale;

/**
 * A check for names that the API server refuses: of the workflow, and of the pods, whose names Argo creates from those
 * of the workflow and of the template. Sources: kubernetes apimachinery pkg/api/validation/generic.go
 * (NameIsDNSSubdomain), argo-workflows workflow/util/pod_name.go.
 */
public final class InvalidName extends ItemCheck<WorkflowFacts> {

    /** Matches API groups with kinds whose names follow another rule. */
    private static final String OTHER_NAMES = "(rbac\\.authorization|certificates)\\.k8s\\.io|.*\\.openshift\\.io";

    public InvalidName() {
        super(
                CheckInfo.error(
                        "invalid-name",
                        "The API server refuses the name of the workflow, of its pods or of an object",
                        Topic.WORKFLOW),
                Facts::workflows);
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowFacts workflow) {
        if (workflow.creator().isPresent()) {
            return List.of();
        }
        String name = workflow.document().name();
        String generate = Json.text(workflow.document().root(), "metadata", "generateName");
        String field = name.isEmpty() ? "generateName" : "name";
        String written = name.isEmpty() ? generate : name;
        if (written.isEmpty() && !isInCluster(workflow)) {
            return List.of(nameless(workflow).because(name(workflow)));
        }
        List<Finding> findings = new Findings();
        String withoutVariables = workflow.withoutEvents(written, "x");
        boolean valid = written.isEmpty() || isValid(name.isEmpty() ? withoutVariables + "x" : withoutVariables);
        if (!valid) {
            findings.add(ofWorkflow(workflow, field, written).because(name(workflow)));
        } else {
            workflow.pods().stream()
                    .filter(pod -> pod.kind() == ArgoPod.Kind.WORKLOAD
                            && !pod.template().isEmpty())
                    .filter(pod ->
                            !pod.name().contains("{{") && !isValid(pod.name().replace("*", "x")))
                    .forEach(pod -> findings.add(ofTemplate(workflow, pod)));
        }
        workflow.pods().forEach(pod -> objects(facts, workflow, pod, findings));
        return findings;
    }

    private static Missing name(WorkflowFacts workflow) {
        return Missing.field(workflow.document(), "metadata.name", "");
    }

    private static boolean isInCluster(WorkflowFacts workflow) {
        return !workflow.document().isInFile();
    }

    private Finding nameless(WorkflowFacts workflow) {
        return Finding.fail(
                        info(),
                        Places.workflow(workflow, "metadata"),
                        "The API server refuses the " + workflow.document().kind()
                                + ": resource name may not be empty. Neither metadata.name nor metadata.generateName is"
                                + " set.")
                .title("The %s has no name", workflow.document().kind())
                .fix(ChangeField.to(Yaml.of("generateName: workflow-").under("metadata")));
    }

    private static boolean isValid(String name) {
        return ObjectNames.subdomain(name).isEmpty();
    }

    private Finding ofWorkflow(WorkflowFacts workflow, String field, String name) {
        String reason = ObjectNames.brokenSubdomainRule(name);
        return Finding.fail(
                        info(),
                        Places.workflow(workflow, "metadata." + field),
                        "The API server refuses the "
                                + workflow.document().kind() + ": metadata." + field + ": Invalid value: \"" + name
                                + "\": " + reason + ".")
                .title(
                        "\"%s\" is not a valid name of a %s",
                        name, workflow.document().kind())
                .fix(ChangeField.to(Yaml.of("$field: $name")
                        .with("field", field)
                        .with("name", corrected(name, field.equals("generateName") ? "-" : ""))
                        .under("metadata")));
    }

    private Finding ofTemplate(WorkflowFacts workflow, ArgoPod pod) {
        return Finding.fail(
                        info(),
                        Places.workflow(workflow, "").at(pod.templateLocation()),
                        "Argo names pods after the template, and the API server refuses that of template "
                                + pod.template() + ": metadata.name: Invalid value: \"" + pod.name() + "\": "
                                + ObjectNames.SUBDOMAIN_RULE
                                + ". The node ends in Error.")
                .title("Template name %s does not work in the name of a pod", pod.template())
                .fix(AskPerson.reader("rename the template to " + corrected(pod.template(), "")
                        + ", and where it is called: entrypoint, onExit, and template in steps and tasks"))
                .on(pod);
    }

    /**
     * Checks names of created objects that contain variables. The dry run of the API server checks names without
     * variables.
     */
    private void objects(Facts facts, WorkflowFacts workflow, ArgoPod pod, List<Finding> findings) {
        for (Document object : facts.created().by(pod)) {
            String name = object.name();
            boolean subdomain = !object.kind().contains("{{") && !object.group().matches(OTHER_NAMES);
            if (subdomain && name.contains("{{") && !isValid(String.join("x", Literals.of(name)))) {
                findings.add(ofObject(workflow, pod, object));
            }
        }
    }

    private Finding ofObject(WorkflowFacts workflow, ArgoPod pod, Document object) {
        return Finding.fail(
                        info(),
                        Places.workflow(workflow, "").at(pod.templateLocation()),
                        "Whatever the variable is, the API server refuses the name that " + Places.template(pod)
                                + " gives its " + object.kind() + ": metadata.name: Invalid value: \"" + object.name()
                                + "\": " + ObjectNames.SUBDOMAIN_RULE + ". The node ends in Failed.")
                .title("\"%s\" is never a valid name of a %s", object.name(), object.kind())
                .fix(AskPerson.reader(
                        "write the name in lower case, with letters, digits and - only, in " + Places.template(pod)))
                .on(pod);
    }

    private static String corrected(String name, String suffix) {
        String lower = name.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^-a-z0-9]+", "-")
                .replaceAll("^-++|(?<!-)-++$", "");
        return (lower.length() > 50 ? lower.substring(0, 50) : lower).replaceAll("(?<!-)-++$", "") + suffix;
    }
}
