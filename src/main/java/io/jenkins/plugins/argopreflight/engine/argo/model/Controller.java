package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The workflow-controller's configuration: its ConfigMap, its flags, the executor plugins. Source: argo-workflows
 * config/config.go, workflow/controller/config.go.
 */
public final class Controller {

    private static final String IMAGE = "quay.io/argoproj/argoexec:";

    private final Document configMap;
    private final String prefix;
    private final Map<String, JsonNode> settings;
    private final Map<String, JsonNode> artifactDrivers;
    private final ControllerFlags flags;
    private final ArgoVersion version;
    private final List<ExecutorPlugin> plugins;
    private final ControllerAssumptions assumed;

    private Controller(
            Document configMap,
            String prefix,
            Map<String, JsonNode> settings,
            ControllerFlags flags,
            ArgoVersion version,
            List<ExecutorPlugin> plugins,
            ControllerAssumptions assumed) {
        this.configMap = configMap;
        this.prefix = prefix;
        this.settings = settings;
        this.artifactDrivers = Json.byName(setting("artifactDrivers"));
        this.flags = flags;
        this.version = version;
        this.plugins = List.copyOf(plugins);
        this.assumed = assumed;
    }

    /** Returns a controller of this version without a ConfigMap and with default flags. */
    public static Controller plain(ArgoVersion version) {
        Document none = Document.of("workflow-controller-configmap", Json.object());
        return new Controller(
                none,
                "data",
                Map.of(),
                ControllerFlags.defaults("argo"),
                version,
                List.of(),
                ControllerAssumptions.NOTHING);
    }

    /**
     * Reads {@code workflow-controller-configmap}: a key for each setting, or all settings in the key {@code config}.
     *
     * @param plugins ConfigMaps of the executor plugins
     * @throws ManifestException if a setting is not valid YAML
     */
    public static Controller of(
            Document configMap, ControllerFlags flags, ArgoVersion version, List<Document> plugins) {
        Map<String, JsonNode> settings = new HashMap<>();
        Setting.of(configMap, flags.namespace(), unreadable -> {
                    throw unreadable;
                })
                .forEach(setting -> settings.put(setting.name(), FrozenJson.value(setting.value())));
        String prefix = configMap.root().path("data").path("config").isTextual() ? "data.config" : "data";
        List<ExecutorPlugin> installed = new ArrayList<>();
        plugins.forEach(plugin -> ExecutorPlugin.of(plugin).ifPresent(installed::add));
        return new Controller(configMap, prefix, settings, flags, version, installed, ControllerAssumptions.NOTHING);
    }

    /** Returns this controller with assumptions for the parts that could not be read. */
    public Controller withAssumptions(ControllerAssumptions assumptions) {
        return new Controller(configMap, prefix, settings, flags, version, plugins, assumptions);
    }

    /** Returns this controller with another version of Argo. */
    public Controller of(ArgoVersion other) {
        return new Controller(configMap, prefix, settings, flags, other, plugins, assumed);
    }

    /** Returns the assumptions for the parts that could not be read. */
    public ControllerAssumptions assumed() {
        return assumed;
    }

    public ArgoVersion version() {
        return version;
    }

    public ControllerFlags flags() {
        return flags;
    }

    /** Returns the ConfigMap, for the locations of its fields. */
    public Document configMap() {
        return configMap;
    }

    /** Returns the path of a setting in the ConfigMap. */
    public String path(String setting) {
        return FieldPath.field(prefix, setting);
    }

    /** Returns a setting; a MissingNode if it is not set. */
    public JsonNode setting(String name) {
        JsonNode value = settings.get(name);
        return value == null || value.isNull() ? MissingNode.getInstance() : value;
    }

    /** Returns the {@code executor} setting, a container. */
    public JsonNode executor() {
        return setting("executor");
    }

    /** Returns whether a flag or a setting contains the executor image, independent of the version. */
    public boolean namesExecutorImage() {
        return !flags.executorImage().isEmpty()
                || !Json.text(executor(), "image").isEmpty();
    }

    /** Returns the image of init, wait, agent and artifact GC: that of the flag, of the setting, or of the release. */
    public String executorImage() {
        if (!flags.executorImage().isEmpty()) {
            return flags.executorImage();
        }
        String image = Json.text(executor(), "image");
        return !image.isEmpty() ? image : IMAGE + (version.text().startsWith("v") ? "" : "v") + version.text();
    }

    /** Returns whether Argo itself set this image of a container, to run argoexec. */
    public boolean putsExecutorImage(ArgoPod pod, String path, String image) {
        FieldSource source = pod.origin(path).source();
        return image.equals(executorImage())
                && pod.kind() != ArgoPod.Kind.OTHER
                && (pod.kind() != ArgoPod.Kind.WORKLOAD
                        || source == FieldSource.ARGO
                        || source == FieldSource.EXECUTOR);
    }

    public String executorImagePullPolicy() {
        return flags.executorImagePullPolicy().isEmpty()
                ? Json.text(executor(), "imagePullPolicy")
                : flags.executorImagePullPolicy();
    }

    public String instanceId() {
        return Json.text(setting("instanceID"));
    }

    /** Returns the entrypoint and cmd of an image that the ConfigMap lists under "images". The names must be equal. */
    public Optional<JsonNode> image(String image) {
        return Optional.ofNullable(setting("images").get(image));
    }

    /** Returns the settings of an artifact driver (from 4.0). */
    public Optional<JsonNode> artifactDriver(String name) {
        return Optional.ofNullable(artifactDrivers.get(name));
    }

    /** Returns whether podSpecPatch also applies to agent and artifact GC. */
    public boolean patchesEverywhere() {
        return version.has(Behaviour.PATCH_OF_EVERY_POD);
    }

    /** Returns whether workflows must refer to a template: {@code templateReferencing: Strict} or {@code Secure}. */
    public boolean mustUseReference() {
        String mode = Json.text(setting("workflowRestrictions"), "templateReferencing");
        return mode.equals("Strict") || mode.equals("Secure");
    }

    /** Returns the plugins of an agent in this namespace; empty unless the controller was started with plugins. */
    public List<ExecutorPlugin> plugins(String namespace) {
        if (!flags.environment().getOrDefault("ARGO_EXECUTOR_PLUGINS", "false").equals("true")) {
            return List.of();
        }
        return plugins.stream()
                .filter(each -> each.namespace().equals(flags.namespace())
                        || each.namespace().equals(namespace))
                .toList();
    }

    public ObjectNode workflowDefaults() {
        return Json.copy(setting("workflowDefaults"));
    }
}
