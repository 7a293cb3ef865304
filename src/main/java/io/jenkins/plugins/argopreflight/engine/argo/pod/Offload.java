package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ConfigMap, with the name of the pod, for values that are too long for an environment variable; source:
 * workflowpod.go.
 */
final class Offload {

    /** Maximum of an argument or environment variable in Linux (MAX_ARG_STRLEN). */
    private static final int MAX_BYTES = 131_072;

    private static final String VOLUME = "argo-env-config";
    private static final String PATH = "/argo/config";

    private Offload() {}

    /** Moves the arguments and the template of a pod into the ConfigMap, if they are too long. */
    static void apply(Simulation run, PodDraft draft, String podName) {
        ObjectNode tooLongArgs = run.version.has(Behaviour.OFFLOADED_ARGUMENTS) ? containerWithLongArgs(draft) : null;
        boolean isTemplateOffloaded = run.version.has(Behaviour.OFFLOADED_TEMPLATE) && hasLongTemplate(draft);
        if (tooLongArgs == null && !isTemplateOffloaded) {
            return;
        }
        draft.volumes().addObject().put("name", VOLUME).putObject("configMap").put("name", podName);
        if (isTemplateOffloaded) {
            for (JsonNode each : containers(draft)) {
                Json.find(each.path("env"), "ARGO_TEMPLATE").ifPresent(env -> {
                    ((ObjectNode) env).put("value", "offloaded");
                    PodDraft.addMount((ObjectNode) each, VOLUME, PATH);
                });
            }
        }
        if (tooLongArgs != null) {
            tooLongArgs.remove("args");
            PodDraft.addEnv(tooLongArgs, "ARGO_CONTAINER_ARGS_FILE", PATH + "/ARGO_CONTAINER_ARGS_FILE");
            PodDraft.addMount(tooLongArgs, VOLUME, PATH);
        }
    }

    private static @Nullable ObjectNode containerWithLongArgs(PodDraft draft) {
        for (JsonNode each : draft.containers()) {
            if (!Set.of("wait", "supervisor").contains(Json.text(each, "name"))
                    && isTooLong(each.path("args").toString())) {
                return (ObjectNode) each;
            }
        }
        return null;
    }

    private static List<JsonNode> containers(PodDraft draft) {
        List<JsonNode> containers = new ArrayList<>();
        draft.initContainers().forEach(containers::add);
        draft.containers().forEach(containers::add);
        return containers;
    }

    private static boolean hasLongTemplate(PodDraft draft) {
        for (JsonNode each : containers(draft)) {
            if (Json.find(each.path("env"), "ARGO_TEMPLATE")
                    .filter(env -> isTooLong(Json.text(env, "value")))
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a text is too long. The bytes of a short text are not counted. */
    private static boolean isTooLong(String text) {
        return text.length() > MAX_BYTES / 4 && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
    }
}
