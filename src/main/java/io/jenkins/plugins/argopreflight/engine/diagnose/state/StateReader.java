package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Once;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.diagnose.DiagnoseRequest;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.FrozenJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads a workflow and what is around it: so many requests, however many nodes the workflow has. */
public final class StateReader {

    private static final String LABEL = "workflows.argoproj.io/workflow=";
    /** Pods of one kind share their manifest; so many kinds are looked at. */
    private static final int MANIFESTS = 20;

    private static final int EVENTS = 5_000;
    private static final Set<String> ABOUT =
            Set.of("ServiceAccount", "PersistentVolumeClaim", "ResourceQuota", "WorkflowTaskSet");
    /** Of the events that are no warnings, those that explain something. */
    private static final Set<String> TELLING = Set.of(
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

    /** @param argo the cluster's Argo Server, for what the cluster does not hold; empty for none */
    public StateReader(ClusterGateway cluster, DiagnoseRequest request, Optional<ArgoServer> argo) {
        this.archive = new ArchiveReader(argo, request);
        this.cluster = cluster;
        this.reader = new FactReader(cluster);
        this.request = request;
    }

    /**
     * Everything at once, after the workflow.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException when the cluster does not answer, or when interrupted
     */
    public Observed read() {
        ArchiveReader.Found found = archive.complete(workflow());
        Fact<Optional<WorkflowState>> workflow = found.workflow();
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
        return new Observed(
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
                found.archive(),
                time.orElseGet(() -> latest(workflow, pods.get(), events.get())),
                time.isEmpty());
    }

    private static Instant latest(
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
     * The workflow alone, when it has not ended; empty also where that cannot be read.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException when the cluster does not answer, or when interrupted
     */
    public Optional<WorkflowState> unfinished() {
        return workflow().ifKnown().flatMap(found -> found).filter(state -> !state.isEnded());
    }

    private Fact<Optional<WorkflowState>> workflow() {
        if (!request.workflow().isEmpty()) {
            Fact<Optional<ObjectNode>> found = reader.get(Resource.WORKFLOWS, request.namespace(), request.workflow());
            return found.map(one -> one.map(WorkflowState::of));
        }
        List<WorkflowState> best = new ArrayList<>();
        return FactReader.ask(FactReader.right("list", Resource.WORKFLOWS, request.namespace()), () -> {
            cluster.each(Resource.WORKFLOWS, request.namespace(), request.labels(), "", each -> {
                WorkflowState state = WorkflowState.of(each);
                if (best.isEmpty() || BEFORE.compare(best.get(0), state) < 0) {
                    best.clear();
                    best.add(state);
                }
            });
            return best.stream().findFirst();
        });
    }

    /** One that did not succeed comes before one that did; then the newest. */
    private static final Comparator<WorkflowState> BEFORE = Comparator.comparing(
                    (WorkflowState each) -> !each.phase().equals("Succeeded"))
            .thenComparing(each -> each.created().orElse(Instant.EPOCH))
            .thenComparing(WorkflowState::name);

    private Fact<List<PodState>> pods(String workflow, Map<String, ObjectNode> manifests) {
        Map<String, PodState> pods = new LinkedHashMap<>();
        Map<List<String>, String> kinds = new LinkedHashMap<>();
        return FactReader.ask(FactReader.right("list", Resource.PODS, request.namespace()), () -> {
            cluster.each(Resource.PODS, request.namespace(), LABEL + workflow, "", pod -> {
                PodState state = PodState.of(pod);
                pods.put(state.name(), state);
                List<String> kind = kind(pod);
                if (!state.phase().equals("Succeeded") && kinds.size() < MANIFESTS && !kinds.containsKey(kind)) {
                    kinds.put(kind, state.name());
                    manifests.put(state.name(), manifest(pod));
                }
            });
            return List.copyOf(pods.values());
        });
    }

    /** What makes two pods equal for what can be wrong with them. */
    private static List<String> kind(ObjectNode pod) {
        List<String> kind = new ArrayList<>(Objects.names(pod.path("spec").path("imagePullSecrets")));
        kind.add(Objects.text(pod, "spec", "serviceAccountName"));
        Stream.of("initContainers", "containers")
                .forEach(list -> pod.path("spec")
                        .path(list)
                        .forEach(each -> kind.add(Objects.text(each, "name") + " " + Objects.text(each, "image"))));
        return kind;
    }

    private static ObjectNode manifest(ObjectNode pod) {
        ObjectNode manifest = pod.deepCopy();
        manifest.remove("status");
        Objects.metadata(manifest).remove("managedFields");
        return FrozenJson.of(manifest);
    }

    private Fact<List<EventState>> events(String workflow) {
        Map<String, EventState> events = new LinkedHashMap<>();
        return FactReader.ask(FactReader.right("list", Resource.EVENTS, request.namespace()), () -> {
            cluster.each(Resource.EVENTS, request.namespace(), "", "", event -> {
                EventState state = EventState.of(event);
                boolean started = state.reason().equals(EventState.STARTED);
                if (isAbout(state, workflow) && events.size() < (started ? EVENTS / 2 : EVENTS)) {
                    events.put(started ? EventState.STARTED + state.name() : Objects.name(event), state);
                }
            });
            return List.copyOf(events.values());
        });
    }

    private static boolean isAbout(EventState event, String workflow) {
        boolean own = event.name().equals(workflow) || event.name().startsWith(workflow + "-");
        return (event.warning() || TELLING.contains(event.reason())) && (own || ABOUT.contains(event.kind()));
    }

    private ControllerState controller() {
        String namespace = request.argoNamespace();
        Fact<List<ObjectNode>> leases = reader.list(Resource.LEASES, namespace, "");
        return new ControllerState(
                ControllerState.deployments(reader, namespace)
                        .map(found -> found.stream().findFirst().map(ControllerState.Deployment::of)),
                leases.map(found -> found.stream()
                        .filter(each -> Objects.name(each).startsWith(ControllerState.NAME))
                        .map(ControllerState.Lease::of)
                        .max(Comparator.comparing(each -> each.renewed().orElse(Instant.EPOCH)))));
    }
}
