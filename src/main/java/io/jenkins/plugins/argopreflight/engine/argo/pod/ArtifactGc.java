package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.field.StrategicMerge;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.ContainerNames;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodNames;
import io.jenkins.plugins.argopreflight.engine.argo.model.Tolerance;
import io.jenkins.plugins.argopreflight.engine.argo.template.Locations;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.DocumentField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The pods that delete artifacts: one for each strategy, ServiceAccount and metadata. They do not have the workflow's
 * pull Secrets. Source: argo-workflows workflow/controller/artifact_gc.go.
 */
public final class ArtifactGc {

    /** Strategies that create a pod, and their parts of the pod's name. */
    private static final Map<String, String> STRATEGIES =
            Map.of("OnWorkflowCompletion", "wfcomp", "OnWorkflowDeletion", "wfdel");

    /** An artifact that a pod saves, with the archive location of its template. */
    record SavedArtifact(ObjectNode artifact, JsonNode archive, TemplateCall call) {}

    private record Pod(String strategy, String account, ObjectNode metadata) {}

    private final Simulation run;
    private final PodCollector pods;

    public ArtifactGc(Simulation run, PodCollector pods) {
        this.run = run;
        this.pods = pods;
    }

    /** Adds the pods that delete the artifacts that the pods of the run save. */
    public void create() {
        Map<Pod, List<SavedArtifact>> groups = new LinkedHashMap<>();
        for (SavedArtifact each : pods.savedArtifacts()) {
            String ownStrategy = Json.text(each.artifact().path("artifactGC"), "strategy");
            String strategy =
                    ownStrategy.isEmpty() ? Json.text(run.spec().path("artifactGC"), "strategy") : ownStrategy;
            if (STRATEGIES.containsKey(strategy)) {
                groups.computeIfAbsent(podOf(strategy, each.artifact()), pod -> new ArrayList<>())
                        .add(each);
            }
        }
        groups.forEach(this::create);
    }

    private Pod podOf(String strategy, JsonNode artifact) {
        String account = "";
        ObjectNode metadata = Json.object();
        for (JsonNode gc : new JsonNode[] {run.spec().path("artifactGC"), artifact.path("artifactGC")}) {
            account = Json.has(gc, "serviceAccountName") ? Json.text(gc, "serviceAccountName") : account;
            metadata = StrategicMerge.merge(metadata, gc.path("podMetadata"), "");
        }
        return new Pod(strategy, account, metadata);
    }

    /** Adds a pod that deletes artifacts. */
    private void create(Pod pod, List<SavedArtifact> artifacts) {
        TemplateCall call = artifacts.get(0).call();
        Certainty certainty = artifacts.stream()
                .map(each -> each.call().certainty())
                .filter(each -> each.conditions().isEmpty())
                .findFirst()
                .map(each -> Certainty.ONCE)
                .orElse(call.certainty())
                .withTolerance(Tolerance.DETACHED);
        PodDraft draft = new PodDraft();
        String name =
                run.workflowName + "-artgc-" + STRATEGIES.get(pod.strategy()) + "-" + PodNames.hash(textToHash(pod));
        ObjectNode metadata = Metadata.setCommon(run, draft, name);
        ObjectNode labels = Json.objectOf(metadata, "labels");
        labels.remove(Metadata.GROUP + "controller-instanceid");
        labels.put(Metadata.GROUP + "component", "artifact-gc");
        Json.objectOf(metadata, "annotations").put(Metadata.GROUP + "artifact-gc-strategy", pod.strategy());
        addContainers(draft, call, artifacts, name);
        ObjectNode spec = draft.spec();
        if (run.version.has(Behaviour.MINIMAL_CONTEXT)) {
            spec.set("securityContext", SecurityContexts.pod(run.version));
        }
        spec.put("automountServiceAccountToken", true);
        spec.put("restartPolicy", "Never");
        String patch = Json.text(run.spec().path("artifactGC"), "podSpecPatch");
        if (run.version.has(Behaviour.PATCH_OF_EVERY_POD)) {
            DocumentField field = run.mergedWorkflow.field("artifactGC.podSpecPatch");
            new PodPatches(run, call, draft).apply(patch, field.document(), field.path());
        }
        if (!pod.account().isEmpty()) {
            draft.spec().put("serviceAccountName", pod.account());
            DocumentField field = run.mergedWorkflow.field("artifactGC");
            draft.provenance()
                    .record(
                            "spec",
                            FieldSource.WORKFLOW_SPEC,
                            field.document(),
                            field.path(),
                            run.spec().path("artifactGC"));
        }
        for (String field : new String[] {"labels", "annotations"}) {
            ObjectNode values = Json.objectOf(metadata, field);
            pod.metadata().path(field).properties().forEach(each -> values.set(each.getKey(), each.getValue()));
        }
        if (!run.controller().instanceId().isEmpty()) {
            labels.put("ARGO_INSTANCE_ID", run.controller().instanceId());
        }
        ServiceAccounts.applyAdmission(run, draft);
        TemplateCall gc = new TemplateCall(
                "artifact GC " + pod.strategy(),
                call.holder(),
                "",
                call.base(),
                new DocumentField(call.document(), call.path()),
                call.arguments());
        pods.add(draft, ArgoPod.Kind.ARTIFACT_GC, gc.withCertainty(certainty), null);
    }

    /** Returns the text whose hash is in the pod's name: the ServiceAccount, labels and annotations. */
    private static String textToHash(Pod pod) {
        StringBuilder text = new StringBuilder(pod.account());
        for (String field : new String[] {"labels", "annotations"}) {
            Map<String, String> sorted = new TreeMap<>();
            pod.metadata()
                    .path(field)
                    .properties()
                    .forEach(each -> sorted.put(each.getKey(), Json.text(each.getValue())));
            sorted.forEach((key, value) -> text.append(key).append(value));
        }
        return text.toString();
    }

    private void addContainers(PodDraft draft, TemplateCall call, List<SavedArtifact> artifacts, String name) {
        SecretVolumes secrets = new SecretVolumes(run.version);
        Set<String> names = new LinkedHashSet<>();
        for (SavedArtifact each : artifacts) {
            JsonNode archive = Locations.hasLocation(each.archive())
                    ? each.archive()
                    : Locations.ofRepository(run.artifacts.repository());
            for (JsonNode location : new JsonNode[] {archive, each.artifact()}) {
                secrets.add(location);
                names.add(Json.text(location.path("plugin"), "name"));
            }
        }
        names.remove("");
        secrets.volumes().forEach(draft::addVolume);
        ObjectNode main = Json.object().put("name", "main");
        List<String> sidecars =
                addPlugins(draft, call, run.version.has(Behaviour.ARTIFACT_PLUGINS) ? names : Set.of(), secrets, main);
        main.put("image", run.controller().executorImage());
        if (!run.controller().executorImagePullPolicy().isEmpty()) {
            main.put("imagePullPolicy", run.controller().executorImagePullPolicy());
        }
        List<String> args = new ArrayList<>(List.of("artifact", "delete"));
        args.addAll(
                run.version.has(Behaviour.LOG_OPTIONS)
                        ? ExecutorContainers.logOptions(run)
                        : List.of("--loglevel", run.controller().flags().logLevel()));
        main.set("args", Json.list(args));
        if (run.version.has(Behaviour.ARTIFACT_PLUGINS)) {
            ExecutorContainers.addFieldRef(Json.listOf(main, "env"), "ARGO_POD_NAME", "metadata.name");
            PodDraft.addEnv(main, "ARGO_TEMPLATE", "{}");
            PodDraft.addEnv(main, "ARGO_DEADLINE", run.unknowns.mark("now", "it is the time of the deletion"));
        }
        PodDraft.addEnv(main, "ARGO_ARTIFACT_POD_NAME", PodNames.hash(name));
        if (run.version.has(Behaviour.ARTIFACT_PLUGINS)) {
            PodDraft.addEnv(main, "ARGO_ARTIFACT_PLUGIN_NAMES", String.join(",", sidecars));
        }
        main.set("securityContext", SecurityContexts.artifactGc(run.version));
        ObjectNode resources = main.putObject("resources");
        resources.putObject("limits").put("cpu", "100m").put("memory", "64Mi");
        resources.putObject("requests").put("cpu", "50m").put("memory", "32Mi");
        draft.containers().add(main);
    }

    /**
     * Adds the mounts of the main container and the sidecars of the artifact plugins, and returns the names of the
     * sidecars.
     */
    private List<String> addPlugins(
            PodDraft draft, TemplateCall call, Set<String> names, SecretVolumes secrets, ObjectNode main) {
        secrets.mounts().forEach(mount -> PodDraft.addMount(main, mount));
        if (names.isEmpty()) {
            return List.of();
        }
        ExecutorContainers executor = new ExecutorContainers(run, Json.object(), TemplateType.NONE);
        ObjectNode init = executor.init();
        init.remove("volumeMounts");
        PodDraft.addMount(init, PodVolumes.VAR_RUN_ARGO, PodVolumes.VAR_RUN_ARGO_PATH);
        PodDraft.addEnv(init, "ARGO_TEMPLATE", "{}");
        PodDraft.addEnv(init, "ARGO_DEADLINE", run.unknowns.mark("now", "it is the time of the deletion"));
        draft.initContainers().add(init);
        draft.addEmptyDir(PodVolumes.VAR_RUN_ARGO);
        draft.addEmptyDir(PodVolumes.TMP);
        PodDraft.addMount(main, PodVolumes.VAR_RUN_ARGO, PodVolumes.VAR_RUN_ARGO_PATH);
        List<String> sidecars = new ArrayList<>();
        for (String plugin : names) {
            draft.addEmptyDir(ContainerNames.DRIVER_SIDECAR + plugin);
            PodDraft.addMount(main, ArtifactPlugins.mount(plugin));
            String sidecar = ContainerNames.DRIVER_SIDECAR + plugin;
            new ArtifactPlugins(run, call, Json.object(), executor)
                    .container(draft, plugin, sidecar, ArtifactPlugins.ARGOEXEC, List.of("emissary"))
                    .ifPresent(container -> {
                        container.remove("volumeMounts");
                        PodDraft.addMount(container, ArtifactPlugins.mount(plugin));
                        PodDraft.addMount(container, PodVolumes.VAR_RUN_ARGO, PodVolumes.VAR_RUN_ARGO_PATH);
                        draft.containers().add(container);
                        sidecars.add(sidecar);
                    });
        }
        return sidecars;
    }
}
