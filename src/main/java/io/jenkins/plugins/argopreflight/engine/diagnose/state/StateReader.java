package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Once;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The reader of a workflow and the objects around it. The number of requests does not depend on the number of nodes.
 */
public final class StateReader {

    private static final String LABEL_PREFIX = "workflows.argoproj.io/workflow=";
    /** The maximum number of groups of equal pods, for each of which a manifest is kept. */
    private static final int MAX_MANIFESTS = 20;

    private static final int MAX_EVENTS = 5_000;

    /** The number of events after which starts of containers are left out. The rest is kept for events of problems. */
    private static final int MAX_EVENTS_BEFORE_START = MAX_EVENTS / 2;

    private static final Set<String> RELATED_KINDS =
            Set.of("ServiceAccount", "PersistentVolumeClaim", "ResourceQuota", "WorkflowTaskSet");
    /** The reasons of events that explain something although they are not warnings. */
    private static final Set<String> INFORMATIVE_REASONS = Set.of(
            "NotTriggerScaleUp",
            "TriggeredScaleUp",
            "Nominated",
            "TaintManagerEviction",
            "Preempted",
            "DeadlineExceeded",
            "Killing",
            EventState.STARTED,
            "WaitForFirstConsumer",
            "WaitForPodScheduled",
            "ExternalProvisioning",
            "Provisioning");

    private final ClusterGateway cluster;
    private final FactReader reader;
    private final DiagnoseRequest request;
    private final ArchiveReader archive;

    /**
     * Creates a reader.
     *
     * @param argo the Argo Server of the cluster, for workflows that the cluster does not have; empty for none
     */
    public StateReader(ClusterGateway cluster, DiagnoseRequest request, Optional<ArgoServer> argo) {
        this.archive = new ArchiveReader(argo, request);
        this.cluster = cluster;
        this.reader = new FactReader(cluster);
        this.request = request;
    }

    /**
     * Reads the workflow, then the other objects in parallel.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException if the cluster does not answer, or the
     *     thread is interrupted
     */
    public ObservedState read() {
        ArchiveReader.Found archived = archive.complete(workflow());
        Fact<Optional<WorkflowState>> workflow = archived.workflow();
        String name = workflow.ifKnown()
                .flatMap(state -> state)
                .map(WorkflowState::name)
                .orElse(request.workflow());
        String namespace = request.namespace();
        Map<String, ObjectNode> manifests = new LinkedHashMap<>();
        Once<Fact<List<PodState>>> pods = new Once<>(() -> pods(name, manifests));
        Once<Fact<List<EventState>>> events = new Once<>(() -> events(name));
        Once<Fact<List<ObjectNode>>> nodes = new Once<>(() -> reader.list(Resource.NODES, "", ""));
        Once<Fact<List<ObjectNode>>> quotas = new Once<>(() -> reader.list(Resource.RESOURCE_QUOTAS, namespace, ""));
        Once<Fact<List<ObjectNode>>> claims =
                new Once<>(() -> reader.list(Resource.PERSISTENT_VOLUME_CLAIMS, namespace, ""));
        Once<ControllerState> controller = new Once<>(this::controller);
        Once.all(pods, events, nodes, quotas, claims, controller);
        Optional<Instant> time = request.now().or(cluster::time);
        boolean captured = time.isEmpty();
        return new ObservedState(
                namespace,
                name,
                workflow,
                pods.get(),
                manifests,
                events.get(),
                nodes.get(),
                quotas.get(),
                claims.get(),
                controller.get(),
                archived.archive(),
                time.orElseGet(() -> latestTime(workflow, pods.get(), events.get())),
                captured);
    }

    /** Returns the latest time in the objects; {@link Instant#EPOCH} if they have none. */
    private static Instant latestTime(
            Fact<Optional<WorkflowState>> workflow, Fact<List<PodState>> pods, Fact<List<EventState>> events) {
        Stream<Optional<Instant>> ofWorkflow = workflow.ifKnown().flatMap(found -> found).stream()
                .flatMap(state -> Stream.concat(
                        Stream.of(state.created()),
                        state.nodes().values().stream().flatMap(node -> Stream.of(node.started(), node.finished()))));
        Stream<Optional<Instant>> ofPods = pods.ifKnown().stream()
                .flatMap(List::stream)
                .flatMap(pod -> Stream.concat(
                        Stream.of(pod.created()),
                        pod.containers().stream()
                                .map(each -> each.terminated().flatMap(ContainerState.Terminated::finished))));
        Stream<Optional<Instant>> ofEvents =
                events.ifKnown().stream().flatMap(List::stream).map(EventState::last);
        return Stream.of(ofWorkflow, ofPods, ofEvents)
                .flatMap(all -> all)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    /**
     * Reads the workflow without other objects. Empty if it has ended or cannot be read.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException if the cluster does not answer, or the
     *     thread is interrupted
     */
    public Optional<WorkflowState> unfinished() {
        return workflow().ifKnown().flatMap(found -> found).filter(state -> !state.isEnded());
    }

    private Fact<Optional<WorkflowState>> workflow() {
        if (!request.workflow().isEmpty()) {
            Fact<Optional<ObjectNode>> object = reader.get(Resource.WORKFLOWS, request.namespace(), request.workflow());
            return object.map(found -> found.map(WorkflowState::of));
        }
        List<WorkflowState> selected = new ArrayList<>();
        return FactReader.ask(FactReader.right("list", Resource.WORKFLOWS, request.namespace()), () -> {
            cluster.each(Resource.WORKFLOWS, request.namespace(), request.labels(), "", each -> {
                WorkflowState state = WorkflowState.of(each);
                if (selected.isEmpty() || BY_IMPORTANCE.compare(selected.get(0), state) < 0) {
                    selected.clear();
                    selected.add(state);
                }
            });
            return selected.stream().findFirst();
        });
    }

    /**
     * The order of workflows with the same labels. The greatest is diagnosed: one that did not succeed, then the
     * newest.
     */
    private static final Comparator<WorkflowState> BY_IMPORTANCE = Comparator.comparing(
                    (WorkflowState each) -> !each.phase().equals("Succeeded"))
            .thenComparing(each -> each.created().orElse(Instant.EPOCH))
            .thenComparing(WorkflowState::name);

    private Fact<List<PodState>> pods(String workflow, Map<String, ObjectNode> manifests) {
        Map<String, PodState> pods = new LinkedHashMap<>();
        Map<List<String>, String> groups = new LinkedHashMap<>();
        return FactReader.ask(FactReader.right("list", Resource.PODS, request.namespace()), () -> {
            cluster.each(Resource.PODS, request.namespace(), LABEL_PREFIX + workflow, "", pod -> {
                PodState state = PodState.of(pod);
                pods.put(state.name(), state);
                List<String> key = equalityKey(pod);
                if (!state.phase().equals("Succeeded") && groups.size() < MAX_MANIFESTS && !groups.containsKey(key)) {
                    groups.put(key, state.name());
                    manifests.put(state.name(), manifest(pod));
                }
            });
            return List.copyOf(pods.values());
        });
    }

    /** Returns a key that is equal for pods with the same pull secrets, ServiceAccount and images. */
    private static List<String> equalityKey(ObjectNode pod) {
        List<String> key = new ArrayList<>(KubeObjects.names(pod.path("spec").path("imagePullSecrets")));
        key.add(Json.text(pod, "spec", "serviceAccountName"));
        Stream.of("initContainers", "containers")
                .forEach(list -> pod.path("spec")
                        .path(list)
                        .forEach(each -> key.add(Json.text(each, "name") + " " + Json.text(each, "image"))));
        return key;
    }

    private static ObjectNode manifest(ObjectNode pod) {
        ObjectNode manifest = pod.deepCopy();
        manifest.remove("status");
        KubeObjects.metadata(manifest).remove("managedFields");
        return FrozenJson.of(manifest);
    }

    private Fact<List<EventState>> events(String workflow) {
        Map<String, EventState> events = new LinkedHashMap<>();
        return FactReader.ask(FactReader.right("list", Resource.EVENTS, request.namespace()), () -> {
            cluster.each(Resource.EVENTS, request.namespace(), "", "", event -> {
                EventState state = EventState.of(event);
                boolean started = state.reason().equals(EventState.STARTED);
                if (isRelevant(state, workflow) && events.size() < (started ? MAX_EVENTS_BEFORE_START : MAX_EVENTS)) {
                    events.put(started ? EventState.STARTED + state.name() : KubeObjects.name(event), state);
                }
            });
            return List.copyOf(events.values());
        });
    }

    /**
     * Returns whether an event is a warning or informative, and is about the workflow, one of its pods, or an object of
     * a related kind.
     */
    private static boolean isRelevant(EventState event, String workflow) {
        boolean isOwn = event.name().equals(workflow) || event.name().startsWith(workflow + "-");
        return (event.warning() || INFORMATIVE_REASONS.contains(event.reason()))
                && (isOwn || RELATED_KINDS.contains(event.kind()));
    }

    private ControllerState controller() {
        String namespace = request.argoNamespace();
        Fact<List<ObjectNode>> leases = reader.list(Resource.LEASES, namespace, "");
        return new ControllerState(
                ControllerState.deployments(reader, namespace)
                        .map(found -> found.stream().findFirst().map(ControllerState.Deployment::of)),
                leases.map(found -> found.stream()
                        .filter(each -> KubeObjects.name(each).startsWith(ControllerState.USUAL_NAME))
                        .map(ControllerState.Lease::of)
                        .max(Comparator.comparing(each -> each.renewed().orElse(Instant.EPOCH)))));
    }
}
