package io.jenkins.plugins.argopreflight.engine.check.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Literals;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A check for resource templates whose kubectl command fails, or prints output that Argo cannot read. Sources:
 * argo-workflows cmd/argoexec/commands/resource.go (execResource), workflow/executor/resource.go (ExecResource,
 * getKubectlArguments); kubectl pkg/cmd; cli-runtime pkg/resource (visitByPaths, RequireNamespace); pflag flag.go.
 */
public final class ResourceCommand extends ResourceTemplateCheck {

    private static final String DELETE = "delete";

    /** The actions that print all objects as one List. Other actions print the objects one after the other. */
    private static final Set<String> PRINT_LIST = Set.of("get", "apply");

    private static final Set<String> ACTIONS = Set.of("create", "apply", "replace", "patch", "get", DELETE);

    private static final ClusterKinds KINDS = ClusterKinds.of(List.of());

    private record Template(CheckInfo info, WorkflowFacts workflow, ArgoPod pod, JsonNode resource) {

        String action() {
            return Json.text(resource, "action");
        }

        KubectlFlags flags() {
            return KubectlFlags.of(resource.path("flags"));
        }

        boolean hasFlag(String name) {
            return resource.path("flags")
                    .valueStream()
                    .anyMatch(flag -> Json.text(flag).startsWith(name));
        }

        /** Returns the objects of the manifest that can be read. */
        List<Document> objects() {
            return Json.text(resource, "mergeStrategy").equals("json")
                    ? List.of()
                    : ResourceManifest.readable(Json.text(resource, "manifest")).stream()
                            .filter(object ->
                                    !object.kind().isEmpty() && !object.kind().contains("{{"))
                            .toList();
        }

        Finding finding(String reason) {
            return Finding.fail(
                    info,
                    Places.workflow(workflow, "").at(pod.templateLocation()),
                    reason + " The action fails, and the node ends in Failed.");
        }

        /** Creates the advice to change the template. */
        AskPerson fix(String advice) {
            return AskPerson.reader(advice + " in " + Places.template(pod));
        }
    }

    public ResourceCommand() {
        super(CheckInfo.error(
                        "resource-command",
                        "A resource template has flags, objects or outputs that its action does not support",
                        Topic.WORKFLOW)
                .ending(Ending.FAILED));
    }

    @Override
    protected boolean concerns(WorkflowPod item) {
        return ACTIONS.contains(Json.text(PodTemplate.resource(item.pod()), "action"));
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowPod item) {
        Template template = new Template(info(), item.workflow(), item.pod(), PodTemplate.resource(item.pod()));
        Stream<Finding> commandFinding = Stream.of(
                        unsupportedByDelete(template),
                        withBlankInFlag(template),
                        namedTwice(template),
                        otherNamespace(template),
                        withSeveralObjects(template))
                .flatMap(Optional::stream)
                .limit(1);
        return Stream.concat(
                        commandFinding, new ObjectWithoutName(info(), item.workflow(), item.pod()).findings().stream())
                .toList();
    }

    /** Returns a finding if a template that deletes an object has conditions or output parameters. */
    private static Optional<Finding> unsupportedByDelete(Template template) {
        if (!template.action().equals(DELETE)) {
            return Optional.empty();
        }
        // A condition that consists only of variables can be empty.
        String condition = Stream.of("successCondition", "failureCondition")
                .filter(field -> !String.join("", Literals.of(Json.text(template.resource(), field)))
                        .isEmpty())
                .findFirst()
                .orElse("");
        boolean hasOutputs = !PodTemplate.of(template.pod())
                .path("outputs")
                .path("parameters")
                .isEmpty();
        String field = condition.isEmpty() && hasOutputs ? "outputs.parameters" : condition;
        return field.isEmpty()
                ? Optional.empty()
                : Optional.of(template.finding(
                                "Argo supports no conditions and no output parameters where the object is"
                                        + " deleted, and " + Places.template(template.pod()) + " has " + field + ".")
                        .title("action: delete does not support %s", field)
                        .evidence(EvidenceLine.words(
                                "successCondition, failureCondition and outputs are not supported for delete action"))
                        .fix(template.fix("remove " + field)));
    }

    /** Returns a finding if a flag and its value are one element of flags. */
    private static Optional<Finding> withBlankInFlag(Template template) {
        return KubectlFlags.withBlank(template.resource().path("flags")).flatMap(flag -> {
            boolean isLong = flag.startsWith("--");
            if (!isLong && !failsWithoutNamespace(template)) {
                return Optional.empty();
            }
            int blankIndex = flag.indexOf(' ');
            String shown = isLong ? flag.substring(0, blankIndex) + " …" : flag;
            String namespace = flag.substring(blankIndex);
            return Optional.of(template.finding("Each element of flags is one argument, and kubectl reads \"" + shown
                            + "\" as "
                            + (isLong
                                    ? "the name of a flag, which it does not have."
                                    : "the namespace \"" + namespace + "\", with the blank."))
                    .title("\"%s\" is one argument of kubectl", shown)
                    .evidence(EvidenceLine.words(
                            isLong
                                    ? "error: unknown flag: "
                                            + flag.substring(0, blankIndex).replaceFirst("=.*", "")
                                    : "namespaces \"" + namespace + "\" not found"))
                    .fix(template.fix("write flags: [" + flag.substring(0, blankIndex) + ", "
                            + (isLong ? "VALUE" : namespace.strip()) + "]")));
        });
    }

    /**
     * Returns whether the command certainly fails in a namespace that does not exist. A delete does not fail, because
     * it has nothing to delete.
     */
    private static boolean failsWithoutNamespace(Template template) {
        List<Document> objects = template.objects();
        return !template.action().equals(DELETE)
                && !template.hasFlag("--ignore-not-found")
                && !objects.isEmpty()
                && objects.stream().allMatch(ResourceCommand::isNamespaced);
    }

    private static boolean isNamespaced(Document object) {
        ClusterKinds.Found kind = KINDS.byKind(object.apiVersion(), object.kind());
        return kind.namespaced() && kind.doubt().isEmpty();
    }

    /** Returns a finding if both the arguments and the manifest name objects. */
    private static Optional<Finding> namedTwice(Template template) {
        Optional<String> argument = KubectlFlags.argument(template.resource().path("flags"));
        List<Document> objects = template.objects();
        // kubectl replace ignores its arguments.
        if (template.action().equals("replace") || objects.isEmpty() || argument.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                template.finding("kubectl " + template.action() + " takes its objects from the manifest, and "
                                + "flags has argument " + argument.get() + " besides.")
                        .title("Flags and manifest both name the object: %s", argument.get())
                        .evidence(EvidenceLine.words("kubectl " + template.action() + " takes no arguments with -f"))
                        .fix(template.fix("remove the object from flags, or the manifest,")));
    }

    /** Returns a finding if the flags name another namespace than an object of the manifest. */
    private static Optional<Finding> otherNamespace(Template template) {
        Optional<String> namespace =
                template.flags().namespace().filter(value -> !value.isBlank() && !value.contains("{{"));
        return namespace.flatMap(value -> template.objects().stream()
                .filter(object -> !object.namespace().isEmpty()
                        && !object.namespace().contains("{{")
                        && !object.namespace().equals(value)
                        && isNamespaced(object))
                .findFirst()
                .map(object -> template.finding("The " + object.kind() + " of the manifest is in namespace "
                                + object.namespace() + ", and flags has namespace " + value + ".")
                        .title("-n %s is not the namespace of the %s", value, object.kind())
                        .evidence(EvidenceLine.words("error: the namespace from the provided object \""
                                + object.namespace() + "\" does not match the namespace \"" + value + "\""))
                        .fix(template.fix(
                                "remove the namespace from flags, or metadata.namespace from the manifest,"))));
    }

    /** Returns a finding if the manifest has several objects, and Argo reads the output as one object. */
    private static Optional<Finding> withSeveralObjects(Template template) {
        String action = template.action();
        // With setOwnerReference the controller keeps only the first object.
        if (action.equals(DELETE)
                || template.resource().path("setOwnerReference").asBoolean()
                || template.flags().selects()
                || template.hasFlag("--ignore-not-found")) {
            return Optional.empty();
        }
        List<Document> objects = template.objects();
        long count = objects.stream().mapToInt(Document::number).distinct().count();
        return count < 2
                ? Optional.empty()
                : Optional.of(template.finding("The manifest of " + Places.template(template.pod()) + " has " + count
                                + " objects, and Argo expects one in the output of kubectl " + action + ".")
                        .title("A resource template takes one object, and its manifest has %s", Long.toString(count))
                        .evidence(EvidenceLine.words(
                                PRINT_LIST.contains(action)
                                        ? "Kind and name are both required but at least one of them is missing from the"
                                                + " manifest"
                                        : action.equals("patch")
                                                ? "the name of the object does not match the name on the URL"
                                                : "invalid character '{' after top-level value"))
                        .fix(AskPerson.reader(
                                "write a template for each object of " + Places.template(template.pod()))));
    }
}
