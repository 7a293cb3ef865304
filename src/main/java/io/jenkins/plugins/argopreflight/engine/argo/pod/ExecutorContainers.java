package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.ContainerNames;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateType;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * The containers of Argo's own programs; source: argo-workflows workflow/controller/workflowpod.go (newExecContainer).
 */
final class ExecutorContainers {

    static final String TOKEN_VOLUME = "exec-sa-token";
    static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    private final Simulation run;
    private final JsonNode template;
    private final TemplateType type;

    ExecutorContainers(Simulation run, JsonNode template, TemplateType type) {
        this.run = run;
        this.template = template;
        this.type = type;
    }

    ObjectNode init() {
        return container("init", command("argoexec", "init"));
    }

    ObjectNode waitContainer() {
        return container("wait", command("argoexec", "wait"));
    }

    ObjectNode resource(String action) {
        return container(
                "main",
                run.version.has(Behaviour.LOG_OPTIONS)
                        ? command("argoexec", "resource", action)
                        : List.of("argoexec", "resource", action));
    }

    ObjectNode data(String json) {
        return container(
                "main",
                run.version.has(Behaviour.LOG_OPTIONS)
                        ? command("argoexec", "data", json)
                        : List.of("argoexec", "data", json));
    }

    /** Returns a command with the logging flags of the version. */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(logOptions(run));
        return command;
    }

    static List<String> logOptions(Simulation run) {
        ControllerFlags flags = run.controller().flags();
        List<String> options =
                new ArrayList<>(List.of("--loglevel", flags.logLevel(), "--log-format", flags.logFormat()));
        if (run.version.has(Behaviour.LOG_OPTIONS)) {
            options.addAll(List.of("--gloglevel", flags.glogLevel()));
        }
        return options;
    }

    ObjectNode container(String name, List<String> command) {
        JsonNode executor = run.controller().executor();
        ObjectNode container = Json.object().put("name", name);
        container.put("image", run.controller().executorImage());
        if (!run.controller().executorImagePullPolicy().isEmpty()) {
            container.put("imagePullPolicy", run.controller().executorImagePullPolicy());
        }
        container.set("command", Json.list(command));
        if (Json.has(executor, "args")) {
            container.set("args", executor.get("args").deepCopy());
        }
        container.set("env", environment(executor));
        if (Json.has(executor, "resources")) {
            container.set("resources", executor.get("resources").deepCopy());
        }
        if (Json.isSet(executor, "securityContext")) {
            container.set("securityContext", executor.get("securityContext").deepCopy());
        } else if (type == TemplateType.RESOURCE) {
            container.set(
                    "securityContext", SecurityContexts.resource(run.version, ContainerNames.EXECUTOR.contains(name)));
        }
        addKubeConfig(container);
        if (!serviceAccount(template, run.spec()).isEmpty()) {
            addTokenMount(container);
        }
        return container;
    }

    static void addTokenMount(ObjectNode container) {
        Json.listOf(container, "volumeMounts")
                .addObject()
                .put("name", TOKEN_VOLUME)
                .put("mountPath", TOKEN_PATH)
                .put("readOnly", true);
    }

    /** Returns the executor's ServiceAccount; "" if the executor uses the ServiceAccount of the pod. */
    static String serviceAccount(JsonNode template, JsonNode spec) {
        String ownAccount = Json.text(template.path("executor"), "serviceAccountName");
        return ownAccount.isEmpty() ? Json.text(spec.path("executor"), "serviceAccountName") : ownAccount;
    }

    private void addKubeConfig(ObjectNode container) {
        JsonNode config = run.controller().setting("kubeConfig");
        if (!config.isObject()) {
            return;
        }
        String path = Json.has(config, "mountPath") ? Json.text(config, "mountPath") : "/kube/config";
        Json.listOf(container, "volumeMounts")
                .addObject()
                .put("name", kubeConfigVolume(config))
                .put("mountPath", path)
                .put("readOnly", true)
                .put("subPath", Json.text(config, "secretKey"));
        Json.listOf(container, "args").add("--kubeconfig=" + path);
    }

    static String kubeConfigVolume(JsonNode config) {
        return Json.has(config, "volumeName") ? Json.text(config, "volumeName") : "kubeconfig";
    }

    private ArrayNode environment(JsonNode executor) {
        ArrayNode environment = Json.list();
        addFieldRef(environment, "ARGO_POD_NAME", "metadata.name");
        addFieldRef(environment, "ARGO_POD_UID", "metadata.uid");
        if (!run.version.has(Behaviour.NO_GODEBUG)) {
            environment.addObject().put("name", "GODEBUG").put("value", "x509ignoreCN=0");
        }
        environment.addObject().put("name", "ARGO_WORKFLOW_NAME").put("value", run.workflowName);
        if (run.version.has(Behaviour.WORKFLOW_UID)) {
            environment
                    .addObject()
                    .put("name", "ARGO_WORKFLOW_UID")
                    .put("value", run.globals.get("workflow.uid").orElseThrow());
        }
        if (!run.controller().instanceId().isEmpty()) {
            environment
                    .addObject()
                    .put("name", "ARGO_INSTANCE_ID")
                    .put("value", run.controller().instanceId());
        }
        executor.path("env").forEach(each -> environment.add(each.deepCopy()));
        return environment;
    }

    static void addFieldRef(ArrayNode environment, String name, String path) {
        environment
                .addObject()
                .put("name", name)
                .putObject("valueFrom")
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", path);
    }
}
