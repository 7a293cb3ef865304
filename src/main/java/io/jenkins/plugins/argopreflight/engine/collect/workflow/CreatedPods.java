package io.jenkins.plugins.argopreflight.engine.collect.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.DocumentField;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import io.jenkins.plugins.argopreflight.engine.workflow.OwnedPods;
import io.jenkins.plugins.argopreflight.engine.workflow.PodOwner;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ClusterObjects;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Concurrency;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence;
import io.jenkins.plugins.argopreflight.engine.workflow.model.NodeOrder;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The objects with pods of their own that the resource templates of a workflow create. */
final class CreatedPods {

    /**
     * A workflow that the workflow creates.
     *
     * @param awaited whether the creating template waits for it
     */
    record Child(Document document, String namespace, ArgoPod creator, boolean awaited) {

        /** Its facts, as they are part of the run that creates it. */
        WorkflowFacts within(WorkflowFacts parent, WorkflowFacts alone) {
            alone.pods().forEach(pod -> pod.existsWithin(creator, awaited));
            List<Problem> problems = alone.problems().stream()
                    .flatMap(problem -> creator.existences().stream()
                            .map(outer -> problem.of(
                                    problem.existence().orElse(ALWAYS).within(outer, awaited))))
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
    private final List<WorkflowFacts> created = new ArrayList<>();
    private final List<Child> children = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Unavailable> unseen = new LinkedHashSet<>();

    private CreatedPods(WorkflowFacts workflow, ClusterObjects objects) {
        this.workflow = workflow;
        this.objects = objects;
    }

    static CreatedPods of(WorkflowFacts workflow, ClusterObjects objects) {
        CreatedPods found = new CreatedPods(workflow, objects);
        workflow.pods().forEach(found::add);
        return found;
    }

    List<WorkflowFacts> workflows() {
        return created;
    }

    /** Manifests that no one can read. */
    List<Problem> problems() {
        return problems;
    }

    /** Workflows that it creates; their pods are yet to be followed. */
    List<Child> children() {
        return children;
    }

    /** Objects whose pods could not be determined. */
    Set<Unavailable> unseen() {
        return unseen;
    }

    /** A given object with pods of its own. */
    static WorkflowFacts given(Document document, String namespace, ClusterObjects objects) {
        return facts(
                document, namespace, OwnedPods.of(document, namespace, objects, Optional.empty()), Optional.empty());
    }

    /** Given objects of kinds that are not known to have pods, or to have none. */
    static List<Unavailable> unknown(List<Document> documents) {
        return documents.stream()
                .filter(document -> !document.kind().isEmpty() && !WorkflowFacts.isArgo(document))
                .filter(document -> PodOwner.of(document) == PodOwner.Knowledge.UNKNOWN)
                .map(document -> notChecked("the pods of kind " + document.kind(), document))
                .distinct()
                .toList();
    }

    private static WorkflowFacts facts(
            Document document, String namespace, List<ArgoPod> pods, Optional<Document> creator) {
        Map<ArgoPod, Long> together = pods.stream().collect(Collectors.toMap(pod -> pod, ArgoPod::count, Long::sum));
        return new WorkflowFacts(
                document,
                namespace,
                pods,
                List.of(),
                new Concurrency(together, Map.of(), new NodeOrder()),
                List.of(),
                creator);
    }

    private void add(ArgoPod pod) {
        JsonNode resource = PodTemplate.resource(pod);
        boolean patches = Objects.text(resource, "action").equals("patch");
        if (!patches && !ResourceManifest.creates(resource)) {
            return;
        }
        String manifest = Objects.text(resource, "manifest");
        if (manifest.isBlank() && resource.has("manifestFrom")) {
            unseen(pod, "its manifest is an artifact, which exists only when the workflow runs");
        }
        if (manifest.isBlank()) {
            return;
        }
        Optional<Location> place = place(pod);
        List<Document> documents;
        try {
            documents = ResourceManifest.read(
                    place.map(Location::file).orElse("manifest of template " + pod.template()),
                    place.map(Location::line).orElse(0),
                    manifest);
        } catch (ManifestException e) {
            // A JSON patch is a list and no object.
            if (patches || manifest.contains("{{")) {
                unseen(pod, "its manifest cannot be read before the workflow runs");
            } else {
                unreadable(pod, e.getMessage());
            }
            return;
        }
        if (patches) {
            patched(pod, documents);
        } else {
            documents.forEach(document -> add(pod, resource, document));
        }
    }

    /** With all values filled in it stays as it is; argoexec reads it as kubectl does. */
    private void unreadable(ArgoPod pod, String why) {
        String message = "templates." + pod.template() + ".resource.manifest must be a valid yaml: " + why;
        DocumentField manifest = manifest(pod);
        Problem problem = new Problem(Problem.Kind.REFUSED, manifest.document(), manifest.path(), message);
        pod.existences().forEach(existence -> problems.add(problem.of(existence)));
    }

    private void add(ArgoPod pod, JsonNode resource, Document document) {
        if (document.kind().isEmpty() || document.kind().contains("{{")) {
            unseen(pod, "the kind of its object is known only when the workflow runs");
            return;
        }
        String namespace = document.namespace().isEmpty()
                ? KubectlFlags.of(resource.path("flags")).namespace().orElse(workflow.namespace())
                : document.namespace();
        boolean awaits = !Objects.text(resource, "successCondition").isEmpty()
                || !Objects.text(resource, "failureCondition").isEmpty();
        if (isWorkflow(document)) {
            children.add(new Child(document, namespace, pod, awaits));
            return;
        }
        if (WorkflowFacts.isArgo(document) || PodOwner.of(document) == PodOwner.Knowledge.UNKNOWN) {
            unseen.add(notChecked(
                    "the pods of " + document.kind() + " " + document.name() + ", which template " + pod.template()
                            + " creates",
                    document));
            return;
        }
        if (namespace.contains("{{")) {
            unseen(pod, "the namespace of its object is known only when the workflow runs");
            return;
        }
        List<ArgoPod> pods = OwnedPods.of(
                document, namespace, objects, Optional.of(new OwnedPods.Creator(pod, awaits, this::isOfCaller)));
        if (!pods.isEmpty()) {
            created.add(facts(document, namespace, pods, Optional.of(workflow.document())));
        }
    }

    private boolean isOfCaller(String variable) {
        return workflow.isOfCaller("{{" + variable + "}}");
    }

    /** One that does not hang on values which only the running workflow knows, and does not create workflows in turn. */
    private boolean isWorkflow(Document document) {
        return document.kind().equals(Resource.WORKFLOWS.kind())
                && WorkflowFacts.isArgo(document)
                && workflow.creator().isEmpty()
                && !document.root().toString().contains("{{");
    }

    /** What a patch makes of an object hangs on what the cluster has. */
    private void patched(ArgoPod pod, List<Document> documents) {
        boolean pods = documents.stream()
                .anyMatch(document -> PodOwner.specPath(document).isPresent());
        if (pods) {
            unseen(pod, "it patches the pod template of an object, and what the patch makes of it was not checked");
        }
    }

    private void unseen(ArgoPod pod, String reason) {
        unseen.add(new Unavailable(
                "the pods of what resource template " + pod.template() + " creates", reason, Optional.empty(), false));
    }

    private static Unavailable notChecked(String what, Document document) {
        String why = WorkflowFacts.isArgo(document)
                ? "it is followed only where it is given by itself"
                : "where its pod template stands is not known for " + document.apiVersion();
        return new Unavailable(what, why, Optional.empty(), false);
    }

    /** The line of a given file above the manifest's first, for a manifest of several lines. */
    private static Optional<Location> place(ArgoPod pod) {
        return Optional.of(manifest(pod).location()).filter(location -> location.line() > 0);
    }

    private static DocumentField manifest(ArgoPod pod) {
        DocumentField template = pod.templateField();
        return new DocumentField(template.document(), template.path() + ".resource.manifest");
    }
}
