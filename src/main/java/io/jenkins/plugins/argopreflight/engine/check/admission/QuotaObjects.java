package io.jenkins.plugins.argopreflight.engine.check.admission;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Behaviour;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.ItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.ClaimTemplates;
import io.jenkins.plugins.argopreflight.engine.check.location.ClaimTemplates.ClaimTemplate;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A check for ResourceQuotas that are too small for the workflow and its objects besides running pods: the workflow
 * itself, its claims, and the results of its executors. Sources: kubernetes
 * pkg/quota/v1/evaluator/core/persistent_volume_claims.go; argo-workflows workflow/controller/operator.go (createPVCs).
 */
public final class QuotaObjects extends ItemCheck<WorkflowFacts> {

    private static final Quantity ZERO = Quantity.parse("0");
    private static final Quantity ONE = Quantity.parse("1");
    private static final String WORKFLOWS = "count/workflows.argoproj.io";
    private static final String PODS = "count/pods";
    /**
     * The annotation with the strategy that deletes a pod, which can also come from the controller's workflowDefaults.
     */
    private static final String GARBAGE_COLLECTION = "workflows.argoproj.io/pod-gc-strategy";

    private static final String RESULTS = "count/workflowtaskresults.argoproj.io";
    /** The names in a quota of the objects that resource templates create, by kind. */
    private static final Map<String, List<String>> NAMES_BY_KIND = Map.of(
            "ConfigMap", List.of("configmaps", "count/configmaps"),
            "Secret", List.of("secrets", "count/secrets"),
            "Service", List.of("services", "count/services"),
            "Job", List.of("count/jobs.batch"),
            "Deployment", List.of("count/deployments.apps"),
            "StatefulSet", List.of("count/statefulsets.apps"));

    public QuotaObjects() {
        super(
                CheckInfo.error(
                                "quota-objects",
                                "A ResourceQuota does not allow the workflow, or objects that it creates besides pods",
                                Topic.ADMISSION)
                        .needing(Need.QUOTAS)
                        .alsoGiving(Outcome.WARN),
                Facts::workflows);
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.workflows().stream()
                .anyMatch(workflow -> !requirements(facts, workflow).isEmpty());
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowFacts workflow) {
        Map<String, Quantity> requirements = requirements(facts, workflow);
        List<Finding> findings = new Findings();
        Fact<List<ObjectNode>> quotas = facts.cluster().list(Resource.RESOURCE_QUOTAS, workflow.namespace());
        quotas.ifUnknown()
                .filter(unknown -> !requirements.isEmpty())
                .ifPresent(unknown -> findings.add(UnknownFindings.findingInNamespace(
                        info(),
                        Places.workflow(workflow, ""),
                        "whether the quota allows the workflow's objects",
                        workflow.namespace(),
                        unknown)));
        for (ObjectNode quota : quotas.ifKnown().orElse(List.of())) {
            boolean hasScopes =
                    quota.path("spec").has("scopes") || quota.path("spec").has("scopeSelector");
            if (!hasScopes) {
                requirements.forEach((resource, amount) -> check(workflow, quota, resource, amount, findings));
            }
        }
        return findings;
    }

    /** Returns the amounts that the API server will count, by their name in a quota. */
    private static Map<String, Quantity> requirements(Facts facts, WorkflowFacts workflow) {
        Map<String, Quantity> requirements = new LinkedHashMap<>();
        String kind = workflow.document().kind();
        boolean isInFile = workflow.document().isInFile();
        if (kind.equals("CronWorkflow") && isInFile) {
            requirements.put("count/cronworkflows.argoproj.io", ONE);
        }
        if (kind.equals("Workflow") && isInFile || kind.equals("CronWorkflow")) {
            requirements.put(WORKFLOWS, ONE);
        }
        long results = workflow.pods().stream()
                .filter(pod ->
                        pod.kind() == ArgoPod.Kind.WORKLOAD && pod.conditions().isEmpty())
                .mapToLong(ArgoPod::count)
                .sum();
        if (results > 0 && !kind.equals("Pod")) {
            requirements.put(RESULTS, ONE.times(results));
        }
        long pods = isInFile && workflow.isArgo() ? remainingPods(workflow) : 0;
        if (pods > 0
                && facts.controller().version().has(Behaviour.POD_GC_ANNOTATION)
                && facts.controller().assumed().settings().isEmpty()) {
            requirements.put(PODS, ONE.times(pods));
        }
        workflow.pods().stream()
                .filter(pod -> pod.conditions().isEmpty())
                // Objects that apply and replace find need no more of the quota.
                .filter(pod -> Json.text(PodTemplate.resource(pod), "action").equals("create"))
                .forEach(pod -> facts.created().by(pod).stream()
                        .filter(object -> NAMES_BY_KIND.containsKey(object.kind())
                                && (object.namespace().isEmpty()
                                        || object.namespace().equals(workflow.namespace())))
                        .flatMap(object -> requireNonNull(NAMES_BY_KIND.get(object.kind())).stream())
                        .forEach(name -> requirements.merge(name, ONE.times(pod.count()), Quantity::plus)));
        for (ClaimTemplate template : ClaimTemplates.of(facts, workflow)) {
            JsonNode claim = template.claim();
            Quantity storage = Quantity.read(Json.text(claim, "spec", "resources", "requests", "storage"))
                    .orElse(ZERO);
            String classPrefix = Json.text(claim, "spec", "storageClassName") + ".storageclass.storage.k8s.io/";
            for (String prefix : classPrefix.startsWith(".") ? List.of("") : List.of("", classPrefix)) {
                requirements.merge(prefix + "persistentvolumeclaims", ONE, Quantity::plus);
                requirements.merge(prefix + "requests.storage", storage, Quantity::plus);
            }
            requirements.merge("count/persistentvolumeclaims", ONE, Quantity::plus);
        }
        return requirements;
    }

    /** Returns the number of pods that certainly run and that nothing deletes before the workflow has ended. */
    private static long remainingPods(WorkflowFacts workflow) {
        return workflow.pods().stream()
                .filter(pod -> pod.kind() == ArgoPod.Kind.WORKLOAD
                        && pod.conditions().isEmpty()
                        && !KubeObjects.annotations(pod.pod())
                                .getOrDefault(GARBAGE_COLLECTION, "")
                                .startsWith("OnPod"))
                .mapToLong(ArgoPod::count)
                .sum();
    }

    private void check(
            WorkflowFacts workflow, ObjectNode quota, String resource, Quantity amount, List<Finding> findings) {
        JsonNode status = quota.path("status");
        JsonNode hard = status.path("hard").isObject()
                ? status.path("hard")
                : quota.path("spec").path("hard");
        Optional<Quantity> limit = Quantity.read(Json.text(hard.path(resource)));
        Quantity used =
                Quantity.read(Json.text(status.path("used").path(resource))).orElse(ZERO);
        if (amount.isZero()
                || limit.filter(max -> used.plus(amount).compareTo(max) > 0).isEmpty()) {
            return;
        }
        String name = KubeObjects.name(quota);
        String namespace = workflow.namespace();
        String message = AdmissionRefusal.EXCEEDED_QUOTA + name + ", requested: " + resource + "=" + amount
                + ", used: " + resource + "="
                + used + ", limited: "
                + resource + "=" + limit.get();
        Subject subject = Subject.of("ResourceQuota", namespace, name, "spec.hard")
                .at(workflow.document().locate(""));
        String detail = "ResourceQuota " + name + " of namespace " + namespace + " does not allow "
                + effect(workflow, resource) + " (" + message + ").";
        boolean isSufficientLater = resource.equals(PODS) && amount.compareTo(limit.get()) <= 0;
        boolean isPartlyAllowed = isSufficientLater || resource.equals(RESULTS) && used.compareTo(limit.get()) < 0;
        Finding finding = (isPartlyAllowed
                        ? Finding.warn(info(), subject, detail)
                        : Finding.fail(info(), subject, detail))
                .title("ResourceQuota %s does not allow %s", name, resource);
        findings.add(finding.fix(RunCommands.of(QuotaMessage.patch(
                                name,
                                namespace,
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put(resource, used.plus(amount).toString())))
                        .because("owner of the quota: raise it, or delete objects"))
                .fix(otherFixes(resource, namespace)));
    }

    private static String effect(WorkflowFacts workflow, String resource) {
        if (resource.equals(WORKFLOWS)) {
            return workflow.document().kind().equals("CronWorkflow")
                    ? "the workflows that it starts: the API server refuses each"
                    : "the workflow: the API server refuses it";
        }
        if (resource.startsWith("count/cronworkflows")) {
            return "the CronWorkflow: the API server refuses it";
        }
        if (resource.equals(PODS)) {
            return "all pods of the workflow: it counts those that have ended, too, and the rest stays Pending";
        }
        if (NAMES_BY_KIND.values().stream().anyMatch(names -> names.contains(resource))) {
            return "the objects of the workflow's resource templates: their nodes end in Failed";
        }
        return resource.equals(RESULTS)
                ? "the results of all its pods: their executors cannot report them, and the nodes end in Error"
                : "the claims of volumeClaimTemplates: the workflow stays Pending (Waiting for a PVC to be created)";
    }

    private static List<Fix> otherFixes(String resource, String namespace) {
        if (resource.contains("argoproj.io")) {
            return List.of(
                    RunCommands.of(Command.of("argo", "delete")
                                    .namespace(namespace)
                                    .with("--completed"))
                            .or("delete what has ended:"),
                    ChangeField.to(Yaml.of("""
                        spec:
                          ttlStrategy: {secondsAfterCompletion: 3600}
                        """)).because("and automatically, in workflows:"));
        }
        if (resource.equals(PODS)) {
            return List.of(
                    ChangeField.to(Yaml.of("""
                spec:
                  podGC: {strategy: OnPodCompletion}
                """)).or("have each pod deleted when it has ended, in the workflow:"));
        }
        if (!resource.contains("persistentvolumeclaims") && !resource.contains("storage")) {
            return List.of();
        }
        return List.of(
                RunCommands.of(Command.kubectl("get", "persistentvolumeclaims").namespace(namespace))
                        .or("show the claims, to delete those that are not needed"));
    }
}
