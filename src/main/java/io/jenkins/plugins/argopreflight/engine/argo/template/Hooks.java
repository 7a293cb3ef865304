package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;

/**
 * The exit handlers of a workflow; source: argo-workflows pkg/apis/workflow/v1alpha1/workflow_types.go (GetExitHook).
 */
public final class Hooks {

    private Hooks() {}

    /**
     * Returns the exit hook of a spec, step or task: {@code onExit}, else {@code hooks.exit}; a MissingNode if there is
     * none.
     */
    public static JsonNode exit(JsonNode holder, JsonNode spec) {
        if (Json.has(holder, "onExit")) {
            ObjectNode hook = Json.object().put("template", Json.text(holder, "onExit"));
            if (spec.has("arguments")) {
                hook.set("arguments", spec.get("arguments"));
            }
            return hook;
        }
        JsonNode hook = holder.path("hooks").path("exit");
        if (!hook.isObject()) {
            return MissingNode.getInstance();
        }
        JsonNode arguments = hook.path("arguments");
        if (arguments.path("parameters").isEmpty()
                && arguments.path("artifacts").isEmpty()
                && spec.has("arguments")) {
            ObjectNode withArguments = Json.copy(hook);
            withArguments.set("arguments", spec.get("arguments"));
            return withArguments;
        }
        return hook;
    }
}
