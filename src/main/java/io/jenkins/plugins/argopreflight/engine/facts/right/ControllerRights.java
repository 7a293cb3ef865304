package io.jenkins.plugins.argopreflight.engine.facts.right;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rights that the workflow-controller needs for a workflow, except for the rights without which the controller does not start.
 *
 * @see <a href="https://github.com/argoproj/argo-workflows/tree/v4.0.5/manifests">manifests/cluster-install and
 *     namespace-install</a>; workflow/controller/{agent,operator,workflowpod,cache}
 */
final class ControllerRights {

    private static final ArgoGrant PODS = ArgoGrant.of("create", "", "pods", "controller creates the workflow's pods");
    private static final ArgoGrant RESULTS = ArgoGrant.of(
                    "list watch", ArgoGrant.ARGO, "workflowtaskresults", "controller hears of the executors' results")
            .since("3.4");
    private static final ArgoGrant SECRETS = ArgoGrant.of(
            "get", "", "secrets", Purpose.of(Purpose.Kind.LOOK_UP, "controller reads the pull Secret to look up"));
    private static final ArgoGrant ACCOUNTS =
            ArgoGrant.of("get", "", "serviceaccounts", "controller reads the ServiceAccount");
    private static final ArgoGrant AGENT_CA =
            ArgoGrant.of("get", "", "secrets", "controller looks for certificates before it makes the agent");
    private static final ArgoGrant TASK_SETS =
            ArgoGrant.of("create patch", ArgoGrant.ARGO, "workflowtasksets", "controller hands tasks to the agent");
    private static final ArgoGrant GC_TASKS = ArgoGrant.of(
            "create", ArgoGrant.ARGO, "workflowartifactgctasks", "controller hands out what artifact GC deletes");
    private static final ArgoGrant CACHE = ArgoGrant.of(
            "get create update",
            "",
            "configmaps",
            Purpose.of(Purpose.Kind.CACHE, "controller keeps the memoization cache"));
    private static final ArgoGrant OFFLOAD =
            ArgoGrant.of("create", "", "configmaps", "controller stores a template that is too long for a variable");
    private static final ArgoGrant CLAIMS = ArgoGrant.of(
            "create delete", "", "persistentvolumeclaims", "controller makes the claims of volumeClaimTemplates");
    private static final ArgoGrant BUDGET = ArgoGrant.of(
            "create delete", "policy", "poddisruptionbudgets", "controller makes the workflow's podDisruptionBudget");

    private final WorkflowFacts workflow;
    private final Controller controller;
    private final Fact<Identity> account;
    private final List<RightQuestion> questions = new ArrayList<>();

    ControllerRights(WorkflowFacts workflow, Controller controller, Fact<Identity> account) {
        this.workflow = workflow;
        this.controller = controller;
        this.account = account;
    }

    Stream<RightQuestion> questions() {
        if (workflow.isArgo()) {
            workflow.pods().forEach(this::addPod);
            JsonNode spec = spec();
            if (!spec.path("volumeClaimTemplates").isEmpty()) {
                add(CLAIMS, workflow.namespace(), "", List.of());
            }
            if (spec.path("podDisruptionBudget").isObject()) {
                add(BUDGET, workflow.namespace(), "", List.of());
            }
        }
        return questions.stream();
    }

    private void addPod(ArgoPod pod) {
        add(PODS, "", pod);
        add(RESULTS, "", pod);
        String podAccount = pod.spec().path("serviceAccountName").asText("default");
        if (!pod.lookUps().isEmpty()) {
            pod.lookUpSecrets().forEach(name -> add(SECRETS, name, pod));
            add(ACCOUNTS, pod.lookUpAccount(), pod);
        }
        if (!pod.executorAccount().isEmpty()) {
            add(ACCOUNTS, pod.executorAccount(), pod);
        }
        switch (pod.kind()) {
            case AGENT -> {
                add(ACCOUNTS, podAccount, pod);
                add(AGENT_CA, "argo-workflows-agent-ca-certificates", pod);
                add(TASK_SETS, "", pod);
            }
            case ARTIFACT_GC -> add(GC_TASKS, "", pod);
            default -> addTemplate(pod);
        }
    }

    private void addTemplate(ArgoPod pod) {
        JsonNode cache =
                PodTemplate.with("memoize", pod).path("memoize").path("cache").path("configMap");
        if (cache.isObject()) {
            add(CACHE, controller.flags().namespace(), Json.text(cache, "name"), List.of(pod));
        }
        Predicate<JsonNode> offloaded = volume -> Json.text(volume, "name").equals("argo-env-config");
        if (pod.spec().path("volumes").valueStream().anyMatch(offloaded)) {
            add(OFFLOAD, "", pod);
        }
    }

    private void add(ArgoGrant grant, String name, ArgoPod pod) {
        add(grant, workflow.namespace(), name, List.of(pod));
    }

    private void add(ArgoGrant grant, String namespace, String name, List<ArgoPod> pods) {
        if (grant.isNeededIn(controller.version()) && !name.contains("{{")) {
            grant.rights(namespace, name)
                    .forEach(right -> questions.add(new RightQuestion(
                            Party.CONTROLLER, account, Fact.known(right), grant.purpose(), List.of(workflow), pods)));
        }
    }

    private JsonNode spec() {
        JsonNode spec = workflow.document().root().path("spec");
        return spec.has("workflowSpec") ? spec.path("workflowSpec") : spec;
    }
}
