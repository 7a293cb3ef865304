package io.jenkins.plugins.argopreflight.engine.check.location;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Origin;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the object, and its field, that set a field of a pod. */
public final class Places {

    /** Matches a field of a container, such as {@code spec.containers[main].image}; the group is the name. */
    private static final Pattern CONTAINER = Pattern.compile("spec\\.(?:init)?[cC]ontainers\\[([^\\]]+)].*");

    private static final Pattern TEMPLATE = Pattern.compile("^spec\\.(?:workflowSpec\\.)?templates\\[[^\\]]+]");

    private Places() {}

    /** Returns the field to fix for a pod's field; the workflow if Argo itself set the pod's field. */
    public static Subject of(WorkflowFacts workflow, ArgoPod pod, String podPath) {
        Origin origin = pod.origin(podPath);
        Subject subject = origin.document()
                .map(document -> field(workflow, document, origin.path()))
                .orElseGet(() -> workflow(workflow, "").at(pod.templateLocation()));
        Matcher container = CONTAINER.matcher(podPath);
        return container.matches() ? subject.container(container.group(1)) : subject;
    }

    /** Returns a field of the workflow's own document. */
    public static Subject workflow(WorkflowFacts workflow, String path) {
        return field(workflow, workflow.document(), path);
    }

    /** Returns the field that has a problem, in the workflow or in an object that the workflow uses. */
    public static Subject of(WorkflowFacts workflow, Problem problem) {
        return field(workflow, problem.document(), problem.path());
    }

    /** Returns a field of an object that a workflow uses. */
    public static Subject field(WorkflowFacts workflow, Document document, String path) {
        return Subject.of(document, namespace(document, workflow), path);
    }

    /** Returns a fix that writes fields of the workflow's spec, below the spec's path in the document. */
    public static ChangeField inSpec(WorkflowFacts workflow, Yaml fields) {
        String spec = SpecPlaces.path(workflow.document());
        return ChangeField.to(fields.under(spec.split("\\."))).at(place(workflow, spec));
    }

    /** Returns the place of a subject, for a fix. */
    public static ChangeField.Place place(Subject subject) {
        return new ChangeField.Place(
                subject.file(), subject.line(), subject.kind(), subject.namespace(), subject.name(), subject.path());
    }

    /** Returns the place of a field of the workflow, for a fix. */
    public static ChangeField.Place place(WorkflowFacts workflow, String path) {
        return place(workflow(workflow, path));
    }

    /** Returns the path of the template that contains a field; "" for a field outside templates. */
    public static String template(String path) {
        Matcher template = TEMPLATE.matcher(path);
        return template.find() ? template.group() : "";
    }

    private static String namespace(Document document, WorkflowFacts workflow) {
        if (document.kind().startsWith("Cluster")) {
            return "";
        }
        return document.namespace().isEmpty() ? workflow.namespace() : document.namespace();
    }

    /**
     * Returns the namespace that a given document will have in the cluster; for a workflow, the namespace of its run.
     */
    public static String namespace(Facts facts, Document document) {
        return facts.workflows().stream()
                .filter(workflow -> workflow.document().equals(document))
                .findFirst()
                .or(() -> facts.workflows().stream().findFirst())
                .map(workflow -> namespace(document, workflow))
                .orElse(document.namespace());
    }

    /**
     * Returns the file of a workflow as an argument of a command; {@code FILE} if the workflow is only in the cluster.
     */
    public static Operand file(WorkflowFacts workflow) {
        return !workflow.document().isInFile()
                ? Operand.placeholder("FILE")
                : Operand.file(workflow.document().file());
    }

    /** Returns the command that shows the pods of a workflow. */
    public static Command podsCommand(WorkflowFacts workflow) {
        return Command.of("argo-preflight", "pods")
                .namespace(workflow.namespace())
                .with("-f")
                .with(file(workflow));
    }

    /**
     * Returns the command that shows the fields of a kind.
     *
     * @param path a field, with or without indices
     */
    public static Command explain(String kind, String path) {
        String fields = path.replaceAll("\\[[^\\]]*]", "");
        boolean isPlain = fields.matches("[A-Za-z0-9.-]*");
        return Command.kubectl("explain")
                .with(Operand.positional(
                        kind.toLowerCase(Locale.ROOT) + (isPlain && !fields.isEmpty() ? "." + fields : "")));
    }

    /** Returns the template of a pod, or the pod if it has no template. */
    public static String template(ArgoPod pod) {
        return pod.template().isEmpty() ? "pod " + pod.name() : "template " + pod.template();
    }

    /**
     * Returns the end of a sentence about the origin of a pod's field: {@code , set by template:
     * spec.templates[0].volumes[0] (workflow.yaml:12:5)}.
     */
    public static String setBy(ArgoPod pod, String podPath) {
        return ", set by " + pod.origin(podPath);
    }
}
