package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.ContainerNames;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The artifact drivers as init containers and sidecars (4.0); source: argo-workflows workflow/controller/workflowpod.go
 * and pkg/apis/workflow/v1alpha1/workflow_types.go (GetPluginNames).
 */
final class ArtifactPlugins {

    static final String ARGOEXEC = PodLayout.LEGACY.argoexec();
    private static final String SOCKETS = "/tmp/artifact-plugins/";

    private final Simulation run;
    private final TemplateCall call;
    private final JsonNode template;
    private final ExecutorContainers executor;

    ArtifactPlugins(Simulation run, TemplateCall call, JsonNode template, ExecutorContainers executor) {
        this.run = run;
        this.call = call;
        this.template = template;
        this.executor = executor;
    }

    /** Returns whether a container of the pod is Argo's own, and not one of the user. */
    static boolean isArgoSidecar(Simulation run, String container) {
        return container.equals("wait")
                || container.equals("supervisor")
                || run.version.has(Behaviour.ARTIFACT_PLUGINS) && container.startsWith(ContainerNames.DRIVER_SIDECAR);
    }

    /** Returns the names of the plugins that inputs need. */
    List<String> inputPlugins() {
        return names(template.path("inputs").path("artifacts"), List.of());
    }

    /** Returns the names of the plugins that outputs and archived logs need. */
    List<String> outputPlugins() {
        boolean archivesLogs = run.artifacts.repository().path("archiveLogs").asBoolean();
        return names(
                template.path("outputs").path("artifacts"), archivesLogs ? List.of(repositoryPlugin()) : List.of());
    }

    private String repositoryPlugin() {
        return Json.text(run.artifacts.repository().path("plugin"), "name");
    }

    private List<String> names(JsonNode artifacts, List<String> others) {
        if (!run.version.has(Behaviour.ARTIFACT_PLUGINS)) {
            return List.of();
        }
        String archive = Json.text(template.path("archiveLocation").path("plugin"), "name");
        Set<String> names = new LinkedHashSet<>();
        for (JsonNode artifact : artifacts) {
            String ownPlugin = Json.text(artifact.path("plugin"), "name");
            names.add(!ownPlugin.isEmpty() ? ownPlugin : !archive.isEmpty() ? archive : repositoryPlugin());
        }
        names.addAll(others);
        names.remove("");
        return new ArrayList<>(names);
    }

    void addInitContainers(PodDraft draft) {
        for (String name : inputPlugins()) {
            container(
                            draft,
                            name,
                            ContainerNames.DRIVER_INIT + name,
                            ARGOEXEC,
                            List.of("artifact-plugin-init", "--plugin-name", name))
                    .ifPresent(draft.initContainers()::add);
        }
    }

    void addSidecars(PodDraft draft) {
        List<String> plugins = outputPlugins();
        List<String> sidecars = new ArrayList<>();
        for (String name : plugins) {
            container(draft, name, ContainerNames.DRIVER_SIDECAR + name, ARGOEXEC, List.of("artifact-plugin-sidecar"))
                    .ifPresent(sidecar -> {
                        sidecar.set("volumeMounts", Json.list().add(mount(name)));
                        draft.containers().add(sidecar);
                        sidecars.add(ContainerNames.DRIVER_SIDECAR + name);
                    });
        }
        if (run.version.has(Behaviour.ARTIFACT_PLUGINS)) {
            draft.container("wait").ifPresent(waitContainer -> {
                plugins.forEach(name -> PodDraft.addMount(waitContainer, mount(name)));
                PodDraft.addEnv(waitContainer, "ARGO_ARTIFACT_PLUGIN_NAMES", String.join(",", sidecars));
            });
        }
    }

    /**
     * Adds one sidecar for each plugin, for inputs and outputs. The supervisor controls them in the layout without init
     * containers.
     */
    void addSupervised(PodDraft draft, PodVolumes volumes) {
        Optional<ObjectNode> supervisor = draft.container("supervisor");
        Set<String> plugins = new LinkedHashSet<>(inputPlugins());
        plugins.addAll(outputPlugins());
        if (supervisor.isEmpty() || plugins.isEmpty()) {
            return;
        }
        List<String> sidecars = new ArrayList<>();
        Set<String> volumeNames = draft.volumeNames();
        for (String name : plugins) {
            if (!volumeNames.contains(ContainerNames.DRIVER_SIDECAR + name)) {
                draft.addEmptyDir(ContainerNames.DRIVER_SIDECAR + name);
            }
            container(
                            draft,
                            name,
                            ContainerNames.DRIVER_SIDECAR + name,
                            PodLayout.of(run).argoexec(),
                            List.of("artifact-plugin-sidecar"))
                    .ifPresent(sidecar -> {
                        sidecar.set("volumeMounts", Json.list().add(mount(name)).add(PodLayout.argoexecMount()));
                        if (!template.path("inputs").path("artifacts").isEmpty()) {
                            volumes.mountInputs(sidecar);
                        }
                        draft.containers().add(sidecar);
                        sidecars.add(ContainerNames.DRIVER_SIDECAR + name);
                        PodDraft.addMount(supervisor.get(), mount(name));
                    });
        }
        PodDraft.addEnv(supervisor.get(), "ARGO_ARTIFACT_PLUGIN_NAMES", String.join(",", sidecars));
        if (!inputPlugins().isEmpty()) {
            PodDraft.addEnv(supervisor.get(), "ARGO_INPUT_ARTIFACT_PLUGIN_NAMES", String.join(",", inputPlugins()));
        }
    }

    /**
     * Returns the container of an artifact driver, whose command the controller always looks up. Reports a problem and
     * returns empty if the controller's settings do not list the driver.
     */
    Optional<ObjectNode> container(
            PodDraft draft, String plugin, String name, String argoexec, List<String> arguments) {
        Optional<JsonNode> driver = run.controller().artifactDriver(plugin);
        if (driver.isEmpty()) {
            run.missingSetting(
                    call,
                    "artifact driver " + plugin
                            + " not found: artifactDrivers in the controller's ConfigMap must list it");
            return Optional.empty();
        }
        String image = Json.text(driver.get(), "image");
        List<String> command = new ArrayList<>(List.of(argoexec));
        command.addAll(arguments);
        command.addAll(ExecutorContainers.logOptions(run));
        command.add("--");
        command.addAll(Emissary.lookUp(run, image).entrypoint());
        command.add(SOCKETS + plugin + "/socket");
        ObjectNode container = executor.container(name, command);
        PodDraft.addEnv(container, "ARGO_CONTAINER_NAME", name);
        container.put("image", image);
        draft.lookUps().add(name);
        return Optional.of(container);
    }

    static ObjectNode mount(String plugin) {
        return Json.object().put("name", ContainerNames.DRIVER_SIDECAR + plugin).put("mountPath", SOCKETS + plugin);
    }

    /** Adds the volumes of Argo's function createArtifactVolumeMounts. */
    void addVolumes(PodDraft draft) {
        outputPlugins().forEach(name -> draft.addEmptyDir(ContainerNames.DRIVER_SIDECAR + name));
    }
}
