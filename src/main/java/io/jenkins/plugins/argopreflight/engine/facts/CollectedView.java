package io.jenkins.plugins.argopreflight.engine.facts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.facts.node.AddedNodes;
import io.jenkins.plugins.argopreflight.engine.facts.node.NodeFit;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterView;
import io.jenkins.plugins.argopreflight.engine.facts.object.FileObjects;
import io.jenkins.plugins.argopreflight.engine.facts.object.ObjectReduction;
import io.jenkins.plugins.argopreflight.engine.facts.object.SecretKeys;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.ReferencedObjects;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.ReferencedObjects.Reference;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The view of the objects that the workflows refer to: those in the files to check, then those of the cluster. Each
 * object is read once; objects are read in parallel.
 */
public final class CollectedView implements ClusterView {

    private static final Set<Resource> TEMPLATES =
            Set.of(Resource.WORKFLOW_TEMPLATES, Resource.CLUSTER_WORKFLOW_TEMPLATES);

    private final FileObjects files;
    private final Map<Reference, Fact<List<ObjectNode>>> objects = new ConcurrentHashMap<>();

    /** The repositories of the pods' images. */
    private final Set<String> repositories = new HashSet<>();

    private CollectedView(FileObjects files) {
        this.files = files;
    }

    /**
     * Reads the objects that the pods of the workflows refer to, by their names if the names are known, since {@code
     * get} needs fewer rights than {@code list}.
     *
     * @param files the documents of the files to check; their objects are in the view as if they were in the cluster
     * @param defaultNamespace the namespace of documents without a namespace
     */
    public static CollectedView of(
            List<WorkflowFacts> workflows,
            List<Document> files,
            String defaultNamespace,
            ClusterReader reader,
            int concurrency) {
        CollectedView view = new CollectedView(new FileObjects(files, defaultNamespace));
        view.readMore(workflows, reader, concurrency);
        workflows.forEach(workflow -> view.readDefaults(workflow, reader));
        if (view.objects.keySet().stream().anyMatch(view::needsVolumes)
                || view.hasUnprovisionedClaimTemplate(workflows)) {
            Reference volumes = new Reference(Resource.PERSISTENT_VOLUMES, "", "");
            view.objects.put(volumes, view.read(volumes, reader));
        }
        return view;
    }

    /** Reads the objects that the pods now refer to and that were not read before. */
    void readMore(List<WorkflowFacts> workflows, ClusterReader reader, int concurrency) {
        if (repositories.addAll(repositories(workflows))) {
            // Nodes were stored with the images of the former repositories only.
            objects.keySet().removeIf(each -> each.resource().equals(Resource.NODES));
        }
        List<Reference> missing = ReferencedObjects.of(workflows).stream()
                .filter(reference -> !objects.containsKey(reference))
                .toList();
        Parallel.forEach(missing, concurrency, reference -> objects.put(reference, read(reference, reader)));
        readAutoscaler(workflows, reader);
    }

    /**
     * Reads the status of the cluster autoscaler if a pod fits on no node: it shows whether other nodes can be added.
     */
    private void readAutoscaler(List<WorkflowFacts> workflows, ClusterReader reader) {
        List<ObjectNode> nodes = list(Resource.NODES, "").ifKnown().orElse(List.of());
        if (AddedNodes.needsStatus(nodes)
                && workflows.stream()
                        .flatMap(workflow -> workflow.pods().stream())
                        .anyMatch(pod -> NodeFit.fitsNoNode(pod.spec(), nodes))) {
            Need status = Need.CLUSTER_AUTOSCALER;
            objects.computeIfAbsent(
                    new Reference(status.resource().orElseThrow(), status.namespace(), status.object()),
                    reference -> read(reference, reader));
        }
    }

    /** Reads the pods of each namespace in which a quota refuses a pod: they show what uses the quota. */
    void readUsersOfQuotas(List<Admission> admissions, ClusterReader reader) {
        for (Admission each : admissions) {
            boolean ofPod = each.pod().isPresent() && each.created().isEmpty();
            if (ofPod
                    && each.refusal()
                            .ifKnown()
                            .flatMap(refusal -> refusal)
                            .map(AdmissionRefusal::message)
                            .orElse("")
                            .contains(AdmissionRefusal.EXCEEDED_QUOTA)) {
                objects.computeIfAbsent(
                        new Reference(Resource.PODS, each.workflow().namespace(), ""),
                        reference -> read(reference, reader));
            }
        }
    }

    /** Reads the Namespace object if nothing was found in a namespace: it can be missing or misspelled. */
    void readNamespaces(List<WorkflowFacts> workflows, ClusterReader reader) {
        workflows.stream()
                .map(WorkflowFacts::namespace)
                .distinct()
                .filter(namespace -> !namespace.isEmpty() && !hasObjects(namespace))
                .forEach(namespace -> objects.computeIfAbsent(
                        new Reference(Resource.NAMESPACES, "", namespace), reference -> read(reference, reader)));
    }

    private boolean hasObjects(String namespace) {
        return objects.entrySet().stream()
                .anyMatch(each -> each.getKey().namespace().equals(namespace)
                        && each.getValue()
                                .ifKnown()
                                .filter(objects -> !objects.isEmpty())
                                .isPresent());
    }

    private static Set<String> repositories(List<WorkflowFacts> workflows) {
        Set<String> all = new HashSet<>();
        for (WorkflowFacts workflow : workflows) {
            for (ArgoPod pod : workflow.pods()) {
                Stream.of("image", "reference")
                        .flatMap(field -> pod.spec().findValuesAsText(field).stream())
                        .flatMap(image -> ImageReference.ifValid(image).stream())
                        .map(ImageReference::repository)
                        .forEach(all::add);
            }
        }
        return all;
    }

    /**
     * Reads the LimitRanges of a namespace with a quota if several pods of the workflow run at the same time: the
     * defaults of a LimitRange count for the quota.
     */
    private void readDefaults(WorkflowFacts workflow, ClusterReader reader) {
        boolean concurrent = workflow.together().size() > 1;
        boolean quota = list(Resource.RESOURCE_QUOTAS, workflow.namespace())
                .ifKnown()
                .filter(all -> !all.isEmpty())
                .isPresent();
        if (concurrent && quota) {
            objects.computeIfAbsent(
                    new Reference(Resource.LIMIT_RANGES, workflow.namespace(), ""),
                    reference -> read(reference, reader));
        }
    }

    /**
     * Returns whether the reference is to a claim that is checked against volumes: the claim is bound to a volume, or
     * nothing provisions a volume for it.
     */
    private boolean needsVolumes(Reference reference) {
        return reference.resource().equals(Resource.PERSISTENT_VOLUME_CLAIMS)
                && get(reference.resource(), reference.namespace(), reference.name())
                        .ifKnown()
                        .flatMap(claim -> claim)
                        .map(claim -> claim.path("spec"))
                        .filter(spec -> !Json.text(spec, "volumeName").isEmpty() || isUnprovisioned(spec))
                        .isPresent();
    }

    /**
     * Returns whether nothing provisions a volume for the claim. The claim is then bound to an existing volume with its
     * class name, also if the class does not exist.
     */
    private boolean isUnprovisioned(JsonNode claimSpec) {
        JsonNode name = claimSpec.path("storageClassName");
        return name.isTextual() && name.asText().isEmpty()
                || list(Resource.STORAGE_CLASSES, "")
                        .ifKnown()
                        .filter(classes -> classes.stream()
                                .noneMatch(each -> KubeObjects.isProvisioning(each)
                                        && (name.isTextual()
                                                ? KubeObjects.name(each).equals(Json.text(name))
                                                : KubeObjects.isDefaultClass(each))))
                        .isPresent();
    }

    private boolean hasUnprovisionedClaimTemplate(List<WorkflowFacts> workflows) {
        Stream<JsonNode> referenced = objects.keySet().stream()
                .filter(each -> TEMPLATES.contains(each.resource()))
                .flatMap(each -> get(each.resource(), each.namespace(), each.name()).ifKnown().stream())
                .flatMap(Optional::stream);
        return Stream.concat(
                        workflows.stream().map(workflow -> workflow.document().root()), referenced)
                .flatMap(object -> Stream.of(object.path("spec"), object.at("/spec/workflowSpec")))
                .flatMap(spec -> spec.path("volumeClaimTemplates").valueStream())
                .anyMatch(claim -> isUnprovisioned(claim.path("spec")));
    }

    private Fact<List<ObjectNode>> read(Reference reference, ClusterReader reader) {
        Resource resource = reference.resource();
        if (reference.name().isEmpty()) {
            return reader.each(resource, reference.namespace(), ObjectReduction.of(resource, repositories));
        }
        if (inFiles(resource, reference.namespace(), reference.name()).isPresent()) {
            return Fact.known(List.of());
        }
        return reader.get(resource, reference.namespace(), reference.name())
                .map(found -> found.map(Document::root).stream().toList());
    }

    @Override
    public Fact<Optional<ObjectNode>> get(Resource resource, String namespace, String name) {
        String effectiveNamespace = resource.namespaced() ? namespace : "";
        Optional<ObjectNode> inFiles = inFiles(resource, effectiveNamespace, name);
        if (inFiles.isPresent()) {
            return Fact.known(inFiles);
        }
        Fact<List<ObjectNode>> fact = objects.get(new Reference(resource, effectiveNamespace, name));
        if (fact == null) {
            return Fact.unknown(resource.kind() + " \"" + name + "\" was not looked up");
        }
        return fact.map(found -> found.stream().findFirst());
    }

    @Override
    public Fact<List<ObjectNode>> list(Resource resource, String namespace) {
        String effectiveNamespace = resource.namespaced() ? namespace : "";
        Fact<List<ObjectNode>> fact = objects.get(new Reference(resource, effectiveNamespace, ""));
        if (fact == null) {
            return Fact.unknown(resource.plural() + " were not looked up");
        }
        return fact.map(found -> {
            List<ObjectNode> all = new ArrayList<>();
            files.all(resource, effectiveNamespace).stream()
                    .map(CollectedView::withoutSecretValues)
                    .forEach(all::add);
            found.stream()
                    .filter(each -> inFiles(resource, effectiveNamespace, KubeObjects.name(each))
                            .isEmpty())
                    .forEach(all::add);
            return all;
        });
    }

    private Optional<ObjectNode> inFiles(Resource resource, String namespace, String name) {
        return files.find(resource, namespace, name).map(CollectedView::withoutSecretValues);
    }

    private static ObjectNode withoutSecretValues(Document document) {
        return document.kind().equals("Secret") ? SecretKeys.of(document.root()) : document.root();
    }
}
