package io.jenkins.plugins.argopreflight.engine.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.collect.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.collect.node.AddedNodes;
import io.jenkins.plugins.argopreflight.engine.collect.node.NodeFit;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterView;
import io.jenkins.plugins.argopreflight.engine.collect.object.GivenObjects;
import io.jenkins.plugins.argopreflight.engine.collect.object.Kept;
import io.jenkins.plugins.argopreflight.engine.collect.object.SecretKeys;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.ReferencedObjects;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.ReferencedObjects.Reference;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What was asked of the cluster for these workflows, each thing once and all at the same time; given files first. */
public final class CollectedView implements ClusterView {

    private static final Set<Resource> TEMPLATES =
            Set.of(Resource.WORKFLOW_TEMPLATES, Resource.CLUSTER_WORKFLOW_TEMPLATES);

    private final GivenObjects given;
    private final Map<Reference, Fact<List<ObjectNode>>> read = new ConcurrentHashMap<>();

    /** Those of the pods' images. */
    private final Set<String> repositories = new HashSet<>();

    private CollectedView(GivenObjects given) {
        this.given = given;
    }

    /**
     * Reads what the pods of these workflows refer to, by name where there is one: least rights first.
     *
     * @param given objects that will be there too, because they stand in the given files
     * @param defaultNamespace of given objects that do not say it
     */
    public static CollectedView of(
            List<WorkflowFacts> workflows,
            List<Document> given,
            String defaultNamespace,
            ClusterReader reader,
            int concurrency) {
        CollectedView view = new CollectedView(new GivenObjects(given, defaultNamespace));
        view.also(workflows, reader, concurrency);
        workflows.forEach(workflow -> view.defaults(workflow, reader));
        if (view.read.keySet().stream().anyMatch(view::needsVolumes) || view.hasClaimTemplateOfNoClass(workflows)) {
            Reference volumes = new Reference(Resource.PERSISTENT_VOLUMES, "", "");
            view.read.put(volumes, view.read(volumes, reader));
        }
        return view;
    }

    /** Reads what the pods refer to by now, and was not read before. */
    void also(List<WorkflowFacts> workflows, ClusterReader reader, int concurrency) {
        if (repositories.addAll(repositories(workflows))) {
            // Nodes are kept with the images that count.
            read.keySet().removeIf(each -> each.resource().equals(Resource.NODES));
        }
        List<Reference> more = ReferencedObjects.of(workflows).stream()
                .filter(wanted -> !read.containsKey(wanted))
                .toList();
        Parallel.forEach(more, concurrency, wanted -> read.put(wanted, read(wanted, reader)));
        autoscaler(workflows, reader);
    }

    /** Whether nodes of a cloud can be added matters to a pod that none of them takes. */
    private void autoscaler(List<WorkflowFacts> workflows, ClusterReader reader) {
        List<ObjectNode> nodes = list(Resource.NODES, "").ifKnown().orElse(List.of());
        if (AddedNodes.needsStatus(nodes)
                && workflows.stream()
                        .flatMap(workflow -> workflow.pods().stream())
                        .anyMatch(pod -> NodeFit.isNowhere(pod.spec(), nodes))) {
            Need status = Need.CLUSTER_AUTOSCALER;
            read.computeIfAbsent(
                    new Reference(status.resource().orElseThrow(), status.namespace(), status.object()),
                    wanted -> read(wanted, reader));
        }
    }

    /** Which pods use a quota matters where it refuses another pod. */
    void usersOfQuotas(List<Admission> admissions, ClusterReader reader) {
        for (Admission each : admissions) {
            boolean ofPod = each.pod().isPresent() && each.created().isEmpty();
            if (ofPod
                    && each.refusal()
                            .ifKnown()
                            .flatMap(words -> words)
                            .orElse("")
                            .contains(Admission.EXCEEDED)) {
                read.computeIfAbsent(
                        new Reference(Resource.PODS, each.workflow().namespace(), ""), wanted -> read(wanted, reader));
            }
        }
    }

    /** Reads each namespace in which nothing was found: it can be missing, or its name be misspelled. */
    void namespaces(List<WorkflowFacts> workflows, ClusterReader reader) {
        workflows.stream()
                .map(WorkflowFacts::namespace)
                .distinct()
                .filter(namespace -> !namespace.isEmpty() && !hasObjects(namespace))
                .forEach(namespace -> read.computeIfAbsent(
                        new Reference(Resource.NAMESPACES, "", namespace), wanted -> read(wanted, reader)));
    }

    private boolean hasObjects(String namespace) {
        return read.entrySet().stream()
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

    /** What pods get by default matters only to several at once, and where there is a quota. */
    private void defaults(WorkflowFacts workflow, ClusterReader reader) {
        boolean concurrent = workflow.together().size() > 1;
        boolean quota = list(Resource.RESOURCE_QUOTAS, workflow.namespace())
                .ifKnown()
                .filter(all -> !all.isEmpty())
                .isPresent();
        if (concurrent && quota) {
            read.computeIfAbsent(
                    new Reference(Resource.LIMIT_RANGES, workflow.namespace(), ""), wanted -> read(wanted, reader));
        }
    }

    /** Volumes matter to a claim that has one, and to one that no provisioner makes one for. */
    private boolean needsVolumes(Reference reference) {
        return reference.resource().equals(Resource.PERSISTENT_VOLUME_CLAIMS)
                && get(reference.resource(), reference.namespace(), reference.name())
                        .ifKnown()
                        .flatMap(claim -> claim)
                        .map(claim -> claim.path("spec"))
                        .filter(spec -> !Objects.text(spec, "volumeName").isEmpty() || isOfNoClass(spec))
                        .isPresent();
    }

    /** Without a provisioner, a claim gets a volume that exists and has the same class, also one that is only a name. */
    private boolean isOfNoClass(JsonNode claimSpec) {
        JsonNode name = claimSpec.path("storageClassName");
        return name.isTextual() && name.asText().isEmpty()
                || list(Resource.STORAGE_CLASSES, "")
                        .ifKnown()
                        .filter(classes -> classes.stream()
                                .noneMatch(each -> Objects.isProvisioning(each)
                                        && (name.isTextual()
                                                ? Objects.name(each).equals(name.asText())
                                                : Objects.isDefaultClass(each))))
                        .isPresent();
    }

    private boolean hasClaimTemplateOfNoClass(List<WorkflowFacts> workflows) {
        Stream<JsonNode> referenced = read.keySet().stream()
                .filter(each -> TEMPLATES.contains(each.resource()))
                .flatMap(each -> get(each.resource(), each.namespace(), each.name()).ifKnown().stream())
                .flatMap(Optional::stream);
        return Stream.concat(
                        workflows.stream().map(workflow -> workflow.document().root()), referenced)
                .flatMap(object -> Stream.of(object.path("spec"), object.at("/spec/workflowSpec")))
                .flatMap(spec -> spec.path("volumeClaimTemplates").valueStream())
                .anyMatch(claim -> isOfNoClass(claim.path("spec")));
    }

    private Fact<List<ObjectNode>> read(Reference wanted, ClusterReader reader) {
        Resource resource = wanted.resource();
        if (wanted.name().isEmpty()) {
            return reader.each(resource, wanted.namespace(), Kept.of(resource, repositories));
        }
        if (inFiles(resource, wanted.namespace(), wanted.name()).isPresent()) {
            return Fact.known(List.of());
        }
        return reader.get(resource, wanted.namespace(), wanted.name())
                .map(found -> found.map(Document::root).stream().toList());
    }

    @Override
    public Fact<Optional<ObjectNode>> get(Resource resource, String namespace, String name) {
        String in = resource.namespaced() ? namespace : "";
        Optional<ObjectNode> inFiles = inFiles(resource, in, name);
        if (inFiles.isPresent()) {
            return Fact.known(inFiles);
        }
        Fact<List<ObjectNode>> fact = read.get(new Reference(resource, in, name));
        if (fact == null) {
            return Fact.unknown(resource.kind() + " \"" + name + "\" was not looked up");
        }
        return fact.map(found -> found.stream().findFirst());
    }

    @Override
    public Fact<List<ObjectNode>> list(Resource resource, String namespace) {
        String in = resource.namespaced() ? namespace : "";
        Fact<List<ObjectNode>> fact = read.get(new Reference(resource, in, ""));
        if (fact == null) {
            return Fact.unknown(resource.plural() + " were not looked up");
        }
        return fact.map(found -> {
            List<ObjectNode> all = new ArrayList<>();
            given.all(resource, in).stream().map(CollectedView::shown).forEach(all::add);
            found.stream()
                    .filter(each -> inFiles(resource, in, Objects.name(each)).isEmpty())
                    .forEach(all::add);
            return all;
        });
    }

    private Optional<ObjectNode> inFiles(Resource resource, String namespace, String name) {
        return given.find(resource, namespace, name).map(CollectedView::shown);
    }

    private static ObjectNode shown(Document document) {
        return document.kind().equals("Secret") ? SecretKeys.of(document.root()) : document.root();
    }
}
