package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.argo.model.ExecutorPlugin;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodNames;
import io.jenkins.plugins.argopreflight.engine.argo.template.Scope;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pod that runs all http and plugin templates of a workflow; source: argo-workflows workflow/controller/agent.go.
 */
public final class AgentPod {

    private static final String CERTIFICATES = "argo-workflows-agent-ca-certificates";

    private final Simulation run;
    private final PodCollector pods;
    private final TemplateCall call;
    private final PodDraft draft = new PodDraft();

    public AgentPod(Simulation run, PodCollector pods, TemplateCall call) {
        this.run = run;
        this.pods = pods;
        this.call = call;
    }

    /** Adds the pod to the run, unless the setting {@code disableAgentPodCreation} of the controller is true. */
    public void create() {
        if (run.controller().setting("disableAgentPodCreation").asBoolean()) {
            return;
        }
        FieldOrigins origins = new FieldOrigins(run, draft, null, call);
        ObjectNode metadata = Metadata.setCommon(run, draft, PodNames.nodeId(run.workflowName, "agent") + "-agent");
        Json.objectOf(metadata, "labels").put(Metadata.GROUP + "component", "agent");
        Json.objectOf(metadata, "annotations").put("kubectl.kubernetes.io/default-container", "main");
        ObjectNode spec = draft.spec();
        spec.put("restartPolicy", "OnFailure");
        copy("imagePullSecrets", origins);
        spec.set("securityContext", SecurityContexts.pod(run.version));
        copy("serviceAccountName", origins);
        spec.put("automountServiceAccountToken", false);
        List<ObjectNode> sidecars = pluginSidecars();
        draft.addEmptyDir(PodVolumes.VAR_RUN_ARGO);
        ObjectNode token = addTokenVolume(Json.text(run.spec(), "serviceAccountName"));
        ObjectNode init = container("init", "init", token, sidecars);
        ObjectNode main = container("main", "main", token, sidecars);
        if (hasCertificates()) {
            draft.volumes()
                    .addObject()
                    .put("name", CERTIFICATES)
                    .putObject("secret")
                    .put("secretName", CERTIFICATES);
            for (ObjectNode each : List.of(init, main)) {
                Json.listOf(each, "volumeMounts")
                        .addObject()
                        .put("name", CERTIFICATES)
                        .put("mountPath", "/etc/ssl/certs/ca-certificates/")
                        .put("readOnly", true);
            }
        }
        draft.initContainers().add(init);
        sidecars.forEach(draft.containers()::add);
        draft.containers().add(main);
        new Scheduling(run, call, draft, origins, Json.object(), MissingNode.getInstance()).add();
        Metadata.addPodMetadata(run, draft, Json.object());
        copy("dnsPolicy", origins);
        copy("dnsConfig", origins);
        if (run.version.has(Behaviour.PATCH_OF_EVERY_POD)) {
            new PodPatches(run, call, draft).applyOfSpec(Scope.global(name -> Optional.empty()));
        }
        ServiceAccounts.applyAdmission(run, draft);
        pods.add(draft, ArgoPod.Kind.AGENT, call, null).addSecrets(pods.agentSecrets());
    }

    private void copy(String field, FieldOrigins origins) {
        if (Json.has(run.spec(), field)) {
            draft.spec().set(field, run.spec().get(field).deepCopy());
            origins.recordFromSpec(field, field);
        }
    }

    /** Returns whether the namespace has the Secret with CA certificates for the agent. */
    private boolean hasCertificates() {
        return run.request
                .objects()
                .find("Secret", run.request.namespace(), CERTIFICATES)
                .ifKnown()
                .flatMap(found -> found)
                .isPresent();
    }

    private ObjectNode container(String name, String subcommand, ObjectNode token, List<ObjectNode> sidecars) {
        Map<String, String> environment = run.controller().flags().environment();
        ObjectNode container = Json.object().put("name", name);
        container.put("image", run.controller().executorImage());
        if (!run.controller().executorImagePullPolicy().isEmpty()) {
            container.put("imagePullPolicy", run.controller().executorImagePullPolicy());
        }
        container.putArray("command").add("argoexec");
        List<String> args = new ArrayList<>(List.of("agent", subcommand));
        args.addAll(
                run.version.has(Behaviour.LOG_OPTIONS)
                        ? ExecutorContainers.logOptions(run)
                        : List.of("--loglevel", run.controller().flags().logLevel()));
        container.set("args", Json.list(args));
        PodDraft.addEnv(container, "ARGO_WORKFLOW_NAME", run.workflowName);
        if (run.version.has(Behaviour.WORKFLOW_UID)) {
            PodDraft.addEnv(
                    container,
                    "ARGO_WORKFLOW_UID",
                    run.globals.get("workflow.uid").orElseThrow());
        }
        PodDraft.addEnv(container, "ARGO_AGENT_PATCH_RATE", environment.getOrDefault("ARGO_AGENT_PATCH_RATE", "10s"));
        PodDraft.addEnv(container, "ARGO_PLUGIN_ADDRESSES", addresses(sidecars));
        PodDraft.addEnv(container, "ARGO_PLUGIN_NAMES", names(sidecars));
        if (environment.containsKey("ARGO_AGENT_TASK_WORKERS")) {
            PodDraft.addEnv(container, "ARGO_AGENT_TASK_WORKERS", environment.get("ARGO_AGENT_TASK_WORKERS"));
        }
        container.set("securityContext", SecurityContexts.agent(run.version));
        ObjectNode resources = container.putObject("resources");
        resources.putObject("requests").put("cpu", "10m").put("memory", "64M");
        resources
                .putObject("limits")
                .put("cpu", environment.getOrDefault("ARGO_AGENT_CPU_LIMIT", "100m"))
                .put("memory", environment.getOrDefault("ARGO_AGENT_MEMORY_LIMIT", "256M"));
        PodDraft.addMount(container, PodVolumes.VAR_RUN_ARGO, PodVolumes.VAR_RUN_ARGO_PATH);
        PodDraft.addMount(container, token);
        return container;
    }

    private static String addresses(List<ObjectNode> sidecars) {
        ArrayNode addresses = Json.list();
        sidecars.forEach(each ->
                addresses.add("http://localhost:" + Json.text(each.path("ports").path(0), "containerPort")));
        return addresses.isEmpty() ? "null" : addresses.toString();
    }

    private static String names(List<ObjectNode> sidecars) {
        ArrayNode names = Json.list();
        sidecars.forEach(each -> names.add(Json.text(each, "name")));
        return names.isEmpty() ? "null" : names.toString();
    }

    /** Returns the sidecars of the executor plugins, with the tokens that they need. */
    private List<ObjectNode> pluginSidecars() {
        List<ObjectNode> sidecars = new ArrayList<>();
        for (ExecutorPlugin plugin : activePlugins()) {
            ObjectNode container = Json.copy(plugin.container());
            Json.listOf(container, "volumeMounts")
                    .addObject()
                    .put("name", PodVolumes.VAR_RUN_ARGO)
                    .put("mountPath", PodVolumes.VAR_RUN_ARGO_PATH)
                    .put("readOnly", true)
                    .put("subPath", Json.text(container, "name"));
            if (plugin.automount()) {
                PodDraft.addMount(container, addTokenVolume(plugin.serviceAccount()));
            }
            sidecars.add(container);
        }
        return sidecars;
    }

    /** Returns the workflow's own plugins (4.1), or else those of the controller. */
    private List<ExecutorPlugin> activePlugins() {
        List<ExecutorPlugin> ownPlugins = new ArrayList<>();
        if (run.version.has(Behaviour.INITLESS_POD)) {
            for (JsonNode plugin : run.spec().path("executorPlugins")) {
                JsonNode sidecar = plugin.path("spec").path("sidecar");
                ownPlugins.add(new ExecutorPlugin(
                        Json.text(plugin.path("metadata"), "name"),
                        run.request.namespace(),
                        sidecar.path("container"),
                        sidecar.path("automountServiceAccountToken").asBoolean()));
            }
        }
        String allowed = run.controller().flags().environment().get("ARGO_WORKFLOW_LEVEL_EXECUTOR_PLUGINS");
        if (!ownPlugins.isEmpty() && !"true".equals(allowed)) {
            run.missingVariable(
                    call,
                    "workflow-level executor plugins are disabled in the controller. To"
                            + " enable them, set the environment variable ARGO_WORKFLOW_LEVEL_EXECUTOR_PLUGINS=true");
        }
        return ownPlugins.isEmpty() ? run.controller().plugins(run.request.namespace()) : ownPlugins;
    }

    /** Adds a volume with the token of a ServiceAccount, and returns its mount. */
    private ObjectNode addTokenVolume(String account) {
        String secret = ServiceAccounts.tokenSecret(run, call, account);
        String name = "kube-api-access-" + run.unknowns.mark("random " + secret, "Argo makes up five characters");
        draft.volumes().addObject().put("name", name).putObject("secret").put("secretName", secret);
        return Json.object()
                .put("name", name)
                .put("mountPath", ExecutorContainers.TOKEN_PATH)
                .put("readOnly", true);
    }
}
