package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The flags and environment of the workflow-controller; source: argo-workflows cmd/workflow-controller/main.go.
 *
 * @param namespace namespace of the controller
 * @param executorImage {@code --executor-image}, "" if it is not set
 * @param executorImagePullPolicy {@code --executor-image-pull-policy}, "" if it is not set
 * @param logLevel {@code --loglevel}
 * @param logFormat {@code --log-format}
 * @param glogLevel {@code --gloglevel}
 * @param environment its environment variables, {@code ARGO_EXECUTOR_PLUGINS} also from {@code --executor-plugins}
 * @param serviceAccount its ServiceAccount, "" if it is not known
 * @param managedNamespace the only namespace whose workflows it runs: {@code --namespaced} with or without
 *     {@code --managed-namespace}; "" for all
 */
public record ControllerFlags(
        String namespace,
        String executorImage,
        String executorImagePullPolicy,
        String logLevel,
        String logFormat,
        String glogLevel,
        Map<String, String> environment,
        String serviceAccount,
        String managedNamespace) {

    public ControllerFlags {
        environment = Map.copyOf(environment);
    }

    /** Creates the flags of a controller of all namespaces, whose ServiceAccount is not known. */
    public ControllerFlags(
            String namespace,
            String executorImage,
            String executorImagePullPolicy,
            String logLevel,
            String logFormat,
            String glogLevel,
            Map<String, String> environment) {
        this(namespace, executorImage, executorImagePullPolicy, logLevel, logFormat, glogLevel, environment, "", "");
    }

    /** Returns the flags of a controller in {@code namespace} that was started with the defaults. */
    public static ControllerFlags defaults(String namespace) {
        return new ControllerFlags(namespace, "", "", "info", "text", "0", Map.of());
    }

    /** Reads the Deployment, StatefulSet or Pod of a controller; empty if no container is a controller. */
    public static Optional<ControllerFlags> of(JsonNode workload) {
        return controller(workload).map(container -> {
            Map<String, String> environment = new HashMap<>();
            container.path("env").forEach(each -> environment.put(Json.text(each, "name"), Json.text(each, "value")));
            Map<String, String> flags = flags(container);
            if (flags.containsKey("executor-plugins")) {
                environment.put("ARGO_EXECUTOR_PLUGINS", flags.get("executor-plugins"));
            }
            String namespace = Json.text(workload.path("metadata"), "namespace");
            return new ControllerFlags(
                    namespace,
                    flag(flags, environment, "executor-image", ""),
                    flag(flags, environment, "executor-image-pull-policy", ""),
                    flag(flags, environment, "loglevel", "info"),
                    flag(flags, environment, "log-format", "text"),
                    flag(flags, environment, "gloglevel", "0"),
                    environment,
                    serviceAccount(workload),
                    managedNamespace(flags, environment, namespace));
        });
    }

    private static String serviceAccount(JsonNode workload) {
        String account = Json.text(podSpec(workload), "serviceAccountName");
        return account.isEmpty() ? "default" : account;
    }

    /** Returns the managed namespace. {@code --managed-namespace} has no effect without {@code --namespaced}. */
    private static String managedNamespace(
            Map<String, String> flags, Map<String, String> environment, String controllerNamespace) {
        String managed = flag(flags, environment, "managed-namespace", "");
        boolean namespaced = flag(flags, environment, "namespaced", "false").equals("true");
        return namespaced ? managed.isEmpty() ? controllerNamespace : managed : "";
    }

    /** Returns the name in {@code --configmap}, or the default name. */
    public static String configMap(JsonNode workload) {
        return controller(workload)
                .map(container -> flags(container).get("configmap"))
                .orElse("workflow-controller-configmap");
    }

    /** Returns the image of the controller; "" if no container is a controller. */
    public static String image(JsonNode workload) {
        return controller(workload)
                .map(container -> Json.text(container, "image"))
                .orElse("");
    }

    /** Returns the version in the tag of the controller's image. */
    public static Optional<ArgoVersion> version(JsonNode workload) {
        return controller(workload).flatMap(container -> versionInTag(Json.text(container, "image")));
    }

    private static Optional<ArgoVersion> versionInTag(String image) {
        String withoutDigest = image.replaceAll("@.*", "");
        return ArgoVersion.parse(withoutDigest.substring(withoutDigest.lastIndexOf(':') + 1));
    }

    /**
     * Returns the version in the tag of an executor image; empty for an image of another name, whose tags can be other
     * versions.
     */
    public static Optional<ArgoVersion> versionOfExecutor(String image) {
        return image.contains("/argoexec:") || image.startsWith("argoexec:") ? versionInTag(image) : Optional.empty();
    }

    /** Returns the flags of the controller without their dashes; {@code true} for a flag without a value. */
    public static Map<String, String> all(JsonNode workload) {
        return controller(workload).map(ControllerFlags::flags).orElse(Map.of());
    }

    private static Optional<JsonNode> controller(JsonNode workload) {
        for (JsonNode container : podSpec(workload).path("containers")) {
            boolean isController = container.path("command").toString().contains("workflow-controller")
                    || Json.text(container, "image").contains("workflow-controller")
                    || Json.text(container, "name").contains("workflow-controller");
            if (isController) {
                return Optional.of(container);
            }
        }
        return Optional.empty();
    }

    private static JsonNode podSpec(JsonNode workload) {
        JsonNode spec = workload.path("spec");
        return spec.has("template") ? spec.path("template").path("spec") : spec;
    }

    private static Map<String, String> flags(JsonNode container) {
        List<String> arguments = new ArrayList<>();
        container.path("command").forEach(each -> arguments.add(Json.text(each)));
        container.path("args").forEach(each -> arguments.add(Json.text(each)));
        Map<String, String> flags = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                continue;
            }
            int equals = argument.indexOf('=');
            boolean hasValue = i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--");
            if (equals > 0) {
                flags.put(argument.substring(2, equals), argument.substring(equals + 1));
            } else {
                flags.put(argument.substring(2), hasValue ? arguments.get(i + 1) : "true");
            }
        }
        return flags;
    }

    private static String flag(
            Map<String, String> flags, Map<String, String> environment, String name, String defaultValue) {
        String variable = "ARGO_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
        return flags.getOrDefault(name, environment.getOrDefault(variable, defaultValue));
    }

    /** Returns whether a line of the controller's log reports why the controller does not start. */
    public static boolean isOfStart(String line) {
        return line.contains("Failed to init managers");
    }
}
