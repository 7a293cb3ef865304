package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.ContainerNames;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.argo.template.Locations;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The volumes and mounts of a workload pod; source: argo-workflows workflow/controller/workflowpod.go. */
final class PodVolumes {

    static final String VAR_RUN_ARGO = "var-run-argo";
    static final String VAR_RUN_ARGO_PATH = "/var/run/argo";
    static final String TMP = "tmp-dir-argo";
    private static final String INPUTS = "/argo/inputs/artifacts";
    private static final String MAIN_FILES = "/mainctrfs";

    private final Simulation run;
    private final TemplateCall call;
    private final JsonNode template;
    private final TemplateType type;
    private final PodDraft draft;

    PodVolumes(Simulation run, TemplateCall call, JsonNode template, TemplateType type, PodDraft draft) {
        this.run = run;
        this.call = call;
        this.template = template;
        this.type = type;
        this.draft = draft;
    }

    /** Adds the volumes of Argo's function createVolumes. */
    void addStandard() {
        JsonNode config = run.controller().setting("kubeConfig");
        if (config.isObject()) {
            draft.volumes()
                    .addObject()
                    .put("name", ExecutorContainers.kubeConfigVolume(config))
                    .putObject("secret")
                    .put("secretName", Json.text(config, "secretName"));
        }
        draft.addEmptyDir(VAR_RUN_ARGO);
        draft.addEmptyDir(TMP);
        template.path("volumes").forEach(draft::addVolume);
    }

    /**
     * Adds volumes that are mounted and that the pod does not have yet, and the Secrets of artifact stores, as Argo's
     * function addVolumeReferences.
     */
    void addReferences() {
        List<JsonNode> mounts = new ArrayList<>();
        mountsOfMain().forEach(mounts::add);
        for (String field : List.of("initContainers", "sidecars")) {
            template.path(field)
                    .forEach(container -> container.path("volumeMounts").forEach(mounts::add));
        }
        addReferences(mounts);
        SecretVolumes secrets = SecretVolumes.of(template, run.version);
        secrets.volumes().forEach(draft::addVolume);
        List<ObjectNode> readers = new ArrayList<>();
        draft.container(PodLayout.of(run).auxiliary()).ifPresent(readers::add);
        Json.find(draft.initContainers(), "init").ifPresent(init -> readers.add((ObjectNode) init));
        if (type == TemplateType.DATA) {
            draft.container("main").ifPresent(readers::add);
        }
        readers.forEach(reader -> secrets.mounts().forEach(mount -> PodDraft.addMount(reader, mount)));
    }

    private void addReferences(List<JsonNode> mounts) {
        if (mounts.isEmpty()) {
            return;
        }
        Map<String, JsonNode> volumes = run.volumes();
        volumes.putAll(Json.byName(template.path("volumes")));
        Set<String> added = new HashSet<>(draft.volumeNames());
        for (JsonNode mount : mounts) {
            String name = Json.text(mount, "name");
            JsonNode volume = volumes.get(name);
            if (added.add(name)) {
                draft.addVolume(volume == null ? reportAbsent(name) : volume);
            }
        }
    }

    /** Reports a volume that is in no list, and returns a volume without a source in its place. */
    private ObjectNode reportAbsent(String name) {
        Problem.Message message =
                Problem.Thing.VOLUME.message("'" + UnknownValues.show(name) + "' not found in workflow spec");
        JsonNode ownVolumes = run.request.workflow().root().path("spec").path("volumes");
        if (!run.request.hasUnknownCaller()) {
            run.reportAbsent(Problem.Kind.REFUSED, call, Problem.Thing.VOLUME, name, message);
        } else if (ownVolumes.isEmpty()) {
            run.add(Problem.suppliedByCaller(
                    call.document(), call.path(), Problem.Thing.VOLUME, UnknownValues.show(name)));
        } else {
            String suggestion = SimilarNames.to(name, Json.byName(ownVolumes).keySet())
                    .map(each -> ". Did you mean " + each + "?")
                    .orElse("");
            run.reportAbsent(
                    Problem.Kind.NOT_OF_OWN_VOLUMES, call, Problem.Thing.VOLUME, name, message.plus(suggestion));
        }
        ObjectNode volume = Json.object().put("name", name);
        draft.provenance().record("spec.volumes[" + name + "]", FieldSource.CALLER, volume);
        return volume;
    }

    /**
     * Returns the mounts of the container, the script, or the whole container set, as Argo's function GetVolumeMounts.
     */
    JsonNode mountsOfMain() {
        boolean hasMounts =
                type == TemplateType.CONTAINER || type == TemplateType.SCRIPT || type == TemplateType.CONTAINER_SET;
        return hasMounts ? template.path(type.field()).path("volumeMounts") : Json.list();
    }

    /**
     * Adds a volume for inputs, which is mounted in folders without another volume, as Argo's function
     * addInputArtifactsVolumes.
     */
    void addInputArtifacts() {
        JsonNode artifacts = template.path("inputs").path("artifacts");
        if (artifacts.isEmpty()) {
            return;
        }
        draft.addEmptyDir("input-artifacts");
        for (JsonNode each : draft.initContainers()) {
            String name = Json.text(each, "name");
            if (name.equals("init")
                    || name.startsWith(ContainerNames.DRIVER_INIT) && run.version.has(Behaviour.ARTIFACT_PLUGINS)) {
                mountInputs((ObjectNode) each);
            }
        }
        if (PodLayout.of(run) == PodLayout.INITLESS) {
            draft.container(PodLayout.of(run).auxiliary()).ifPresent(this::mountInputs);
            draft.container("main").ifPresent(main -> PodDraft.addMount(main, "input-artifacts", INPUTS));
            return;
        }
        Folders<JsonNode> folders = Folders.ofMounts(mountsOfMain());
        draft.container("main").ifPresent(main -> {
            for (JsonNode artifact : artifacts) {
                String path = Locations.clean(Json.text(artifact, "path"));
                boolean isAbsent = !Locations.hasLocationOrKey(artifact)
                        && artifact.path("optional").asBoolean();
                if (!isAbsent && folders.findInnermost(path).isEmpty()) {
                    PodDraft.addMount(main, "input-artifacts", path, Json.text(artifact, "name"));
                }
            }
        });
    }

    /** Mounts the volumes that a container needs to load inputs: the input volume, and those of main. */
    void mountInputs(ObjectNode container) {
        PodDraft.addMount(container, "input-artifacts", INPUTS);
        mountsOfMain().forEach(mount -> PodDraft.addMount(container, underMainFiles(mount)));
    }

    /** Returns a mount of main with its path below /mainctrfs. */
    private static ObjectNode underMainFiles(JsonNode mount) {
        ObjectNode copy = Json.copy(mount);
        copy.put("mountPath", Locations.clean(MAIN_FILES + "/" + Json.text(mount, "mountPath")));
        return copy;
    }

    /** Adds the volume of Argo's function addScriptStagingVolume. */
    void addScriptStaging() {
        draft.addEmptyDir("argo-staging");
        Json.find(draft.initContainers(), "init")
                .ifPresent(init -> PodDraft.addMount((ObjectNode) init, "argo-staging", "/argo/staging"));
        draft.container("supervisor").ifPresent(each -> PodDraft.addMount(each, "argo-staging", "/argo/staging"));
        draft.container("main").ifPresent(main -> PodDraft.addMount(main, "argo-staging", "/argo/staging"));
    }

    /**
     * Adds the user's own containers, with the mounts of main if they request them, as Argo's functions
     * addInitContainers and addSidecars.
     */
    void addUserContainers(String field, ArrayNode target) {
        Optional<ObjectNode> mainContainer = draft.container("main");
        for (JsonNode each : template.path(field)) {
            ObjectNode container = Json.copy(each);
            boolean mirrorsMain = container.path("mirrorVolumeMounts").asBoolean();
            container.remove("mirrorVolumeMounts");
            if (mirrorsMain) {
                mainContainer.ifPresent(main -> {
                    draft.countCopies(main.path("volumeMounts").size());
                    main.path("volumeMounts").forEach(mount -> PodDraft.addMount(container, mount));
                });
            }
            target.add(container);
        }
    }

    /** Mounts the volumes of main in Argo's sidecars under /mainctrfs, as Argo's function addOutputArtifactsVolumes. */
    void mirrorMain() {
        if (type == TemplateType.RESOURCE || type == TemplateType.DATA) {
            return;
        }
        List<JsonNode> mounts = new ArrayList<>();
        draft.container("main").ifPresent(main -> main.path("volumeMounts").forEach(mounts::add));
        for (JsonNode each : draft.containers()) {
            if (ArtifactPlugins.isArgoSidecar(run, Json.text(each, "name"))) {
                draft.countCopies(mounts.size());
                mirror((ObjectNode) each, mounts);
            }
        }
    }

    private void mirror(ObjectNode container, List<JsonNode> mounts) {
        Set<String> mountPaths = new HashSet<>();
        container.path("volumeMounts").forEach(mount -> mountPaths.add(Json.text(mount, "mountPath")));
        for (JsonNode each : mounts) {
            ObjectNode mount = underMainFiles(each);
            mount.remove("readOnly");
            if (mountPaths.add(Json.text(mount, "mountPath")) || !run.version.has(Behaviour.INITLESS_POD)) {
                PodDraft.addMount(container, mount);
            }
        }
    }
}
