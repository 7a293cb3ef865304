package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.StrategicMerge;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoJson;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodNames;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.template.Boundary;
import io.jenkins.plugins.argopreflight.engine.argo.template.ExecutedNode;
import io.jenkins.plugins.argopreflight.engine.argo.template.NodeOutputs;
import io.jenkins.plugins.argopreflight.engine.argo.template.ResolvedTemplate;
import io.jenkins.plugins.argopreflight.engine.argo.template.Scope;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The pod of one node; source: argo-workflows workflow/controller/workflowpod.go (createWorkflowPod). */
public final class WorkloadPod {

    private final Simulation run;
    private final PodCollector pods;
    private final ResolvedTemplate resolved;
    private final TemplateCall call;
    private final TemplateType type;
    private final PodDraft draft = new PodDraft();
    private final FieldOrigins origins;
    private final String podName;
    private final String nodeId;
    private final ObjectNode template;
    private final ExecutorContainers executor;
    private final ArtifactPlugins plugins;
    private final boolean hasAuxiliary;

    public WorkloadPod(
            Simulation run, PodCollector pods, ResolvedTemplate resolved, TemplateCall call, TemplateType type) {
        this.run = run;
        this.pods = pods;
        this.resolved = resolved;
        this.call = call;
        this.type = type;
        this.podName = PodNames.pod(run.workflowName, call.nodeName(), Json.text(resolved.template(), "name"));
        this.nodeId = PodNames.nodeId(run.workflowName, call.nodeName());
        this.template = Archive.locate(run, resolved.template(), podName);
        this.origins = new FieldOrigins(run, draft, resolved.found(), call);
        this.executor = new ExecutorContainers(run, template, type);
        this.plugins = new ArtifactPlugins(run, call, template, executor);
        this.hasAuxiliary = PodLayout.of(run).hasAuxiliary(run, template, type);
    }

    /** Creates the pod and adds it to the run. If Argo refuses to create the pod, reports a problem and adds no pod. */
    public ExecutedNode create() {
        int refusalsBefore = run.refusals();
        ConcurrentPods concurrent = ConcurrentPods.NONE;
        build();
        if (run.refusals() == refusalsBefore) {
            ServiceAccounts.applyAdmission(run, draft);
            ArgoPod created = pods.add(draft, ArgoPod.Kind.WORKLOAD, call, resolved.found());
            boolean isCertain = call.certainty().conditions().isEmpty() && !Json.isSet(template, "synchronization");
            if (isCertain) {
                concurrent = template.path("daemon").asBoolean()
                        ? ConcurrentPods.ofDaemon(created)
                        : ConcurrentPods.of(created);
                pods.addDaemons(created, call.daemons());
            }
        }
        StoreEndpoints.check(run, call, template);
        ArtifactAddresses.check(run, call, template);
        return new ExecutedNode(outputs(), concurrent);
    }

    /**
     * Builds the pod in the order of createWorkflowPod, in which later parts use earlier ones: mounts are mirrored when
     * main has all of them, patches apply after variables are substituted, and commands are wrapped after patches.
     */
    private void build() {
        Metadata.setOfWorkload(run, draft, call, podName, nodeId);
        ObjectNode spec = draft.spec();
        spec.put("restartPolicy", "Never");
        PodVolumes volumes = new PodVolumes(run, call, template, type, draft);
        volumes.addStandard();
        PodLayout.of(run).addVolumes(run, draft);
        origins.recordFromSpec("volumes", "volumes");
        origins.recordFromTemplate("volumes", "volumes");
        Deadlines.set(run, template, resolved.found(), call, spec);
        copySpecFields(spec);
        ServiceAccounts.setUp(run, call, template, draft, origins);
        if (hasAuxiliary) {
            draft.containers().add(PodLayout.of(run).createAuxiliary(executor));
            origins.recordFromExecutor("containers", PodLayout.of(run).auxiliary());
        }
        mainContainers().forEach(draft.containers()::add);
        Metadata.setDefaultContainer(run, draft);
        if (PodLayout.of(run) == PodLayout.LEGACY) {
            draft.initContainers().add(executor.init());
            origins.recordFromExecutor("initContainers", "init");
            plugins.addInitContainers(draft);
        }
        Boundary caller = call.boundary();
        JsonNode boundary = caller == null ? MissingNode.getInstance() : caller.template();
        Scheduling scheduling = new Scheduling(run, call, draft, origins, template, boundary);
        scheduling.add();
        Metadata.addPodMetadata(run, draft, template);
        scheduling.addResources();
        volumes.addReferences();
        plugins.addVolumes(draft);
        volumes.addInputArtifacts();
        if (type == TemplateType.SCRIPT) {
            volumes.addScriptStaging();
        }
        volumes.addUserContainers("initContainers", draft.initContainers());
        origins.recordFromTemplate("initContainers", "initContainers");
        volumes.addUserContainers("sidecars", draft.containers());
        origins.recordFromTemplate("containers", "sidecars");
        if (PodLayout.of(run) == PodLayout.LEGACY) {
            plugins.addSidecars(draft);
        } else {
            plugins.addSupervised(draft, volumes);
        }
        volumes.mirrorMain();
        draft.initContainers()
                .forEach(each ->
                        PodDraft.addMount((ObjectNode) each, PodVolumes.VAR_RUN_ARGO, PodVolumes.VAR_RUN_ARGO_PATH));
        Environment environment = new Environment(run, call, template, nodeId);
        environment.add(draft, hasAuxiliary);
        Scope scope = podScope();
        draft.replace(Json.copy(run.substitution.replace(draft.pod(), scope)));
        PodPatches patches = new PodPatches(run, call, draft);
        patches.applyOfSpec(scope);
        patches.applyOfTemplate(template, resolved.found(), scope);
        finishContainers(environment);
        Offload.apply(run, draft, podName);
    }

    private NodeOutputs outputs() {
        NodeOutputs outputs = NodeOutputs.ofPod(resolved.template(), template.path("archiveLocation"), podName);
        for (JsonNode artifact : resolved.template().path("outputs").path("artifacts")) {
            ObjectNode output = Objects.requireNonNull(outputs.artifacts().get(Json.text(artifact, "name")));
            pods.addSavedArtifact(new ArtifactGc.SavedArtifact(output, template.path("archiveLocation"), call));
            run.addGlobalArtifact(artifact, output);
        }
        return outputs;
    }

    private void copySpecFields(ObjectNode spec) {
        for (String field : List.of("imagePullSecrets", "hostNetwork", "dnsPolicy", "dnsConfig")) {
            // Argo copies hostNetwork only if it is true.
            boolean isOff =
                    field.equals("hostNetwork") && !run.spec().path(field).asBoolean();
            if (Json.has(run.spec(), field) && !isOff) {
                spec.set(field, run.spec().get(field).deepCopy());
                origins.recordFromSpec(field, field);
            }
        }
    }

    private List<ObjectNode> mainContainers() {
        List<ObjectNode> containers = new ArrayList<>();
        switch (type) {
            case RESOURCE -> containers.add(executor.resource(Json.text(template.path("resource"), "action")));
            case DATA -> containers.add(executor.data(DataJson.write(template.path("data"))));
            case CONTAINER_SET -> containers.addAll(containerSet());
            default -> {
                ObjectNode main = Json.copy(template.get(type.field()));
                if (type == TemplateType.SCRIPT && !Json.text(main, "source").isEmpty()) {
                    Json.listOf(main, "args").add("/argo/staging/script");
                }
                main.remove("source");
                containers.add(main);
            }
        }
        List<ObjectNode> merged = new ArrayList<>();
        for (int i = 0; i < containers.size(); i++) {
            merged.add(completeMain(containers.get(i), i));
        }
        return merged;
    }

    /**
     * Returns a container of the template merged with the setting mainContainer, and records the origins of its fields.
     * The container's name becomes main, unless a container set names the container.
     */
    private ObjectNode completeMain(ObjectNode container, int index) {
        if (type != TemplateType.CONTAINER_SET || Json.text(container, "name").isEmpty()) {
            container.put("name", "main");
        }
        String name = Json.text(container, "name");
        JsonNode defaults = run.controller().setting("mainContainer");
        ObjectNode merged = defaults.isObject()
                ? StrategicMerge.merge(
                        defaults, container, run.version.has(Behaviour.STRATEGIC_MAIN_CONTAINER) ? "Container" : "")
                : container;
        if (type == TemplateType.RESOURCE || type == TemplateType.DATA) {
            origins.recordFromExecutor("containers", name);
        }
        origins.recordFromMainContainer(name);
        String suffix = type == TemplateType.CONTAINER_SET ? ".containers[" + index + "]" : "";
        origins.recordFromTemplate("containers[" + name + "]", type.field() + suffix);
        return merged;
    }

    private List<ObjectNode> containerSet() {
        List<ObjectNode> containers = new ArrayList<>();
        JsonNode set = template.path("containerSet");
        for (JsonNode each : set.path("containers")) {
            ObjectNode container = Json.copy(each);
            container.remove("dependencies");
            draft.countCopies(set.path("volumeMounts").size());
            set.path("volumeMounts").forEach(mount -> PodDraft.addMount(container, mount));
            containers.add(container);
        }
        return containers;
    }

    private Scope podScope() {
        Scope scope = run.globals.inner().put("pod.name", podName);
        for (JsonNode parameter : template.path("inputs").path("parameters")) {
            if (Json.isSet(parameter, "value")) {
                scope.put(
                        "inputs.parameters." + Json.text(parameter, "name"),
                        ArgoJson.anyString(parameter.get("value")));
            }
        }
        return scope;
    }

    /**
     * Completes the containers after patches: wraps the commands of the user's containers, and adds the mounts of
     * argoexec and the grace period. Reports a container of the user without an image and a command, for which the
     * controller cannot look up a command.
     */
    private void finishContainers(Environment environment) {
        ArrayNode containers = draft.containers();
        for (int i = 0; i < containers.size(); i++) {
            ObjectNode container = (ObjectNode) containers.get(i);
            String name = Json.text(container, "name");
            boolean isArgo = ArtifactPlugins.isArgoSidecar(run, name);
            if (!isArgo
                    && Json.text(container, "image").isEmpty()
                    && container.path("command").isEmpty()) {
                boolean hasPatch = Json.has(run.spec(), "podSpecPatch") || Json.has(template, "podSpecPatch");
                run.problem(
                        Problem.Kind.REFUSED,
                        call,
                        "failed to look-up entrypoint/cmd for image \"\": container " + name + " has no image"
                                + (hasPatch
                                        ? "; podSpecPatch adds a container when the pod has none of its name"
                                        : ""));
            }
            if (!isArgo) {
                if (Emissary.wrap(run, container, draft.provenance())) {
                    draft.lookUps().add(name);
                }
                PodLayout.of(run).completeUserContainer(container, hasAuxiliary);
            }
            // Each container with argoexec has its own folder in the volume, named by its index.
            if (Json.text(container, "image").equals(run.controller().executorImage())) {
                PodDraft.addMount(container, PodVolumes.TMP, "/tmp", Integer.toString(i));
            }
            if (isArgo && !plugins.outputPlugins().isEmpty()) {
                PodDraft.addMount(container, PodVolumes.TMP, "/tmp/argo/outputs", "argo/outputs");
            }
            PodDraft.addMount(container, PodVolumes.VAR_RUN_ARGO, PodVolumes.VAR_RUN_ARGO_PATH);
            environment.addGracePeriod(draft, container);
        }
    }
}
