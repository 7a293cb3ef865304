package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.OwnedPods;
import io.jenkins.plugins.argopreflight.engine.argo.PodOwner;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.ClusterObjects;
import io.jenkins.plugins.argopreflight.engine.argo.model.Concurrency;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence;
import io.jenkins.plugins.argopreflight.engine.argo.model.NodeOrder;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.DocumentField;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The objects with pods that the resource templates of a workflow create. */
final class CreatedPods {

    /**
     * A workflow that a resource template creates.
     *
     * @param awaited whether the template waits for the workflow
     */
    record Child(Document document, String namespace, ArgoPod creator, boolean awaited) {

        /**
         * Returns the facts of this workflow as a part of the run that creates it.
         *
         * @param alone the facts of this workflow without its creator
         */
        WorkflowFacts asCreated(WorkflowFacts parent, WorkflowFacts alone) {
            alone.pods().forEach(pod -> pod.setCreator(creator, awaited));
            List<Problem> problems = alone.problems().stream()
                    .flatMap(problem -> creator.existences().stream()
                            .map(outer -> problem.of(
                                    problem.existence().orElse(ALWAYS).createdBy(outer, awaited))))
                    .toList();
            return new WorkflowFacts(
                    document,
                    namespace,
                    alone.pods(),
                    problems,
                    alone.together(),
                    List.of(),
                    Optional.of(parent.document()));
        }
    }

    private static final Existence ALWAYS = Certainty.ONCE.existence();

    private final WorkflowFacts workflow;
    private final ClusterObjects objects;
    private final List<WorkflowFacts> createdFacts = new ArrayList<>();
    private final List<Child> children = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Unavailable> unavailable = new LinkedHashSet<>();

    private CreatedPods(WorkflowFacts workflow, ClusterObjects objects) {
        this.workflow = workflow;
        this.objects = objects;
    }

    static CreatedPods of(WorkflowFacts workflow, ClusterObjects objects) {
        CreatedPods createdPods = new CreatedPods(workflow, objects);
        workflow.pods().forEach(createdPods::add);
        return createdPods;
    }

    List<WorkflowFacts> workflows() {
        return createdFacts;
    }

    /** Returns the problems of manifests that are not YAML. */
    List<Problem> problems() {
        return problems;
    }

    /** Returns the workflows that the workflow creates; their pods are not expanded yet. */
    List<Child> children() {
        return children;
    }

    /** Returns the objects whose pods could not be determined. */
    Set<Unavailable> unseen() {
        return unavailable;
    }

    /** Returns the facts of an object with pods in the files to check. */
    static WorkflowFacts ofFile(Document document, String namespace, ClusterObjects objects) {
        return facts(
                document, namespace, OwnedPods.of(document, namespace, objects, Optional.empty()), Optional.empty());
    }

    /** Returns the objects in the files to check whose kind is not known, so that they can have pods. */
    static List<Unavailable> unknownKinds(List<Document> documents) {
        return documents.stream()
                .filter(document -> !document.kind().isEmpty() && !WorkflowFacts.isArgo(document))
                .filter(document -> PodOwner.of(document) == PodOwner.Knowledge.UNKNOWN)
                .map(document -> notChecked("the pods of kind " + document.kind(), document))
                .distinct()
                .toList();
    }

    private static WorkflowFacts facts(
            Document document, String namespace, List<ArgoPod> pods, Optional<Document> creator) {
        Map<ArgoPod, Long> concurrent = pods.stream().collect(Collectors.toMap(pod -> pod, ArgoPod::count, Long::sum));
        return new WorkflowFacts(
                document,
                namespace,
                pods,
                List.of(),
                new Concurrency(concurrent, Map.of(), new NodeOrder()),
                List.of(),
                creator);
    }

    /** Adds the objects that the resource template of a pod creates, and reports those that could not be determined. */
    private void add(ArgoPod pod) {
        JsonNode resource = PodTemplate.resource(pod);
        boolean patches = Json.text(resource, "action").equals("patch");
        if (!patches && !ResourceManifest.creates(resource)) {
            return;
        }
        String manifest = Json.text(resource, "manifest");
        if (manifest.isBlank() && resource.has("manifestFrom")) {
            addUnknown(pod, "its manifest is an artifact, which exists only when the workflow runs");
        }
        if (manifest.isBlank()) {
            return;
        }
        Optional<Location> lineAbove = lineAbove(pod);
        List<Document> documents;
        try {
            documents = ResourceManifest.read(
                    lineAbove.map(Location::file).orElse("manifest of template " + pod.template()),
                    lineAbove.map(Location::line).orElse(0),
                    manifest);
        } catch (ManifestException e) {
            // A JSON patch is a list, not an object.
            if (patches || manifest.contains("{{")) {
                addUnknown(pod, "its manifest cannot be read before the workflow runs");
            } else {
                addInvalidManifest(pod, e.getMessage());
            }
            return;
        }
        if (patches) {
            addPatch(pod, documents);
        } else {
            documents.forEach(document -> add(pod, resource, document));
        }
    }

    /**
     * Adds the problem of a manifest that is not YAML whatever values its expressions get; argoexec parses it as
     * kubectl does.
     */
    private void addInvalidManifest(ArgoPod pod, String reason) {
        String message = "templates." + pod.template() + ".resource.manifest must be a valid yaml: " + reason;
        DocumentField manifest = manifestField(pod);
        Problem problem = new Problem(Problem.Kind.REFUSED, manifest.document(), manifest.path(), message);
        pod.existences().forEach(existence -> problems.add(problem.of(existence)));
    }

    private void add(ArgoPod pod, JsonNode resource, Document document) {
        if (document.kind().isEmpty() || document.kind().contains("{{")) {
            addUnknown(pod, "the kind of its object is known only when the workflow runs");
            return;
        }
        String namespace = document.namespace().isEmpty()
                ? KubectlFlags.of(resource.path("flags")).namespace().orElse(workflow.namespace())
                : document.namespace();
        boolean awaits = !Json.text(resource, "successCondition").isEmpty()
                || !Json.text(resource, "failureCondition").isEmpty();
        if (isWorkflow(document)) {
            children.add(new Child(document, namespace, pod, awaits));
            return;
        }
        if (WorkflowFacts.isArgo(document) || PodOwner.of(document) == PodOwner.Knowledge.UNKNOWN) {
            unavailable.add(notChecked(
                    "the pods of " + document.kind() + " " + document.name() + ", which template " + pod.template()
                            + " creates",
                    document));
            return;
        }
        if (namespace.contains("{{")) {
            addUnknown(pod, "the namespace of its object is known only when the workflow runs");
            return;
        }
        List<ArgoPod> pods = OwnedPods.of(
                document, namespace, objects, Optional.of(new OwnedPods.Creator(pod, awaits, this::isOfCaller)));
        if (!pods.isEmpty()) {
            createdFacts.add(facts(document, namespace, pods, Optional.of(workflow.document())));
        }
    }

    private boolean isOfCaller(String variable) {
        return workflow.isOfCaller("{{" + variable + "}}");
    }

    /**
     * Returns whether the object is a workflow whose pods are expanded: it has no expressions, and no other workflow
     * creates its creator.
     */
    private boolean isWorkflow(Document document) {
        return document.kind().equals(Resource.WORKFLOWS.kind())
                && WorkflowFacts.isArgo(document)
                && workflow.creator().isEmpty()
                && !document.root().toString().contains("{{");
    }

    /** Reports a patch of pods. Its result depends on the object in the cluster. */
    private void addPatch(ArgoPod pod, List<Document> documents) {
        boolean changesPods = documents.stream()
                .anyMatch(document -> PodOwner.specPath(document).isPresent());
        if (changesPods) {
            addUnknown(pod, "it patches the pod template of an object, and what the patch makes of it was not checked");
        }
    }

    private void addUnknown(ArgoPod pod, String reason) {
        unavailable.add(Unavailable.optional(
                "the pods of what resource template " + pod.template() + " creates", reason, Optional.empty()));
    }

    private static Unavailable notChecked(String name, Document document) {
        String reason = WorkflowFacts.isArgo(document)
                ? "it is followed only where it is given by itself"
                : "where its pod template stands is not known for " + document.apiVersion();
        return Unavailable.optional(name, reason, Optional.empty());
    }

    /** Returns the line above the manifest's first line in its file, for a manifest of several lines. */
    private static Optional<Location> lineAbove(ArgoPod pod) {
        return Optional.of(manifestField(pod).location()).filter(location -> location.line() > 0);
    }

    private static DocumentField manifestField(ArgoPod pod) {
        DocumentField template = pod.templateField();
        return new DocumentField(template.document(), template.path() + ".resource.manifest");
    }
}
