package io.jenkins.plugins.argopreflight.engine.workflow.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How the workflow-controller was started; source: argo-workflows cmd/workflow-controller/main.go.
 *
 * @param namespace where it runs
 * @param executorImage {@code --executor-image}, "" when not given
 * @param executorImagePullPolicy {@code --executor-image-pull-policy}, "" when not given
 * @param logLevel {@code --loglevel}
 * @param logFormat {@code --log-format}
 * @param glogLevel {@code --gloglevel}
 * @param environment its environment variables, {@code ARGO_EXECUTOR_PLUGINS} also from {@code --executor-plugins}
 * @param serviceAccount whom it runs as, "" when that is not known
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

    /** A controller of all namespaces, whose account is not known. */
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

    /** A controller in {@code namespace} started with nothing but its defaults. */
    public static ControllerFlags defaults(String namespace) {
        return new ControllerFlags(namespace, "", "", "info", "text", "0", Map.of());
    }

    /** Reads the Deployment, StatefulSet or Pod of a controller; empty when none of its containers is one. */
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
                    managed(flags, environment, namespace));
        });
    }

    private static String serviceAccount(JsonNode workload) {
        String account = Json.text(podSpec(workload), "serviceAccountName");
        return account.isEmpty() ? "default" : account;
    }

    /** {@code --managed-namespace} counts only with {@code --namespaced}. */
    private static String managed(Map<String, String> flags, Map<String, String> environment, String own) {
        String managed = flag(flags, environment, "managed-namespace", "");
        boolean namespaced = flag(flags, environment, "namespaced", "false").equals("true");
        return namespaced ? managed.isEmpty() ? own : managed : "";
    }

    /** What {@code --configmap} names. */
    public static String configMap(JsonNode workload) {
        return controller(workload)
                .map(container -> flags(container).get("configmap"))
                .orElse("workflow-controller-configmap");
    }

    /** The image of the controller; "" when none of the containers is one. */
    public static String image(JsonNode workload) {
        return controller(workload)
                .map(container -> Json.text(container, "image"))
                .orElse("");
    }

    /** The version that the tag of the controller's image says. */
    public static Optional<ArgoVersion> version(JsonNode workload) {
        return controller(workload).flatMap(container -> tag(Json.text(container, "image")));
    }

    private static Optional<ArgoVersion> tag(String image) {
        String tagged = image.replaceAll("@.*", "");
        return ArgoVersion.parse(tagged.substring(tagged.lastIndexOf(':') + 1));
    }

    /** What the tag of an executor image says; empty for an image of another name, whose tags can count otherwise. */
    public static Optional<ArgoVersion> versionOfExecutor(String image) {
        return image.contains("/argoexec:") || image.startsWith("argoexec:") ? tag(image) : Optional.empty();
    }

    /** Every flag that it was started with, without its dashes; {@code true} for one without a value. */
    public static Map<String, String> all(JsonNode workload) {
        return controller(workload).map(ControllerFlags::flags).orElse(Map.of());
    }

    private static Optional<JsonNode> controller(JsonNode workload) {
        for (JsonNode container : podSpec(workload).path("containers")) {
            boolean named = container.path("command").toString().contains("workflow-controller")
                    || Json.text(container, "image").contains("workflow-controller")
                    || Json.text(container, "name").contains("workflow-controller");
            if (named) {
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
        List<String> words = new ArrayList<>();
        container.path("command").forEach(each -> words.add(each.asText("")));
        container.path("args").forEach(each -> words.add(each.asText("")));
        Map<String, String> flags = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("--")) {
                continue;
            }
            int equals = word.indexOf('=');
            boolean value = i + 1 < words.size() && !words.get(i + 1).startsWith("--");
            if (equals > 0) {
                flags.put(word.substring(2, equals), word.substring(equals + 1));
            } else {
                flags.put(word.substring(2), value ? words.get(i + 1) : "true");
            }
        }
        return flags;
    }

    private static String flag(
            Map<String, String> flags, Map<String, String> environment, String name, String otherwise) {
        String variable = "ARGO_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
        return flags.getOrDefault(name, environment.getOrDefault(variable, otherwise));
    }

    /** Whether a line of the controller's log says why it does not start, which concerns every workflow. */
    public static boolean isOfStart(String line) {
        return line.contains("Failed to init managers");
    }
}
