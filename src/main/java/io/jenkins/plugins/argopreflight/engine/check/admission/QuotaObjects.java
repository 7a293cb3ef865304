package io.jenkins.plugins.argopreflight.engine.check.admission;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.Unsure;
import io.jenkins.plugins.argopreflight.engine.check.place.ClaimTemplates;
import io.jenkins.plugins.argopreflight.engine.check.place.ClaimTemplates.ClaimTemplate;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Quantity;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.need.Need;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Behaviour;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A ResourceQuota that is too small for what a workflow is and makes besides pods: the object itself, its claims, the results
 * of its executors. Sources: kubernetes pkg/quota/v1/evaluator/core/persistent_volume_claims.go; argo-workflows
 * workflow/controller/operator.go (createPVCs).
 */
public final class QuotaObjects implements Check {

    private static final Quantity NONE = Quantity.parse("0");
    private static final Quantity ONE = Quantity.parse("1");
    private static final String WORKFLOWS = "count/workflows.argoproj.io";
    private static final String PODS = "count/pods";
    /** How a pod is deleted, which can also come from the controller's workflowDefaults. */
    private static final String GARBAGE_COLLECTION = "workflows.argoproj.io/pod-gc-strategy";

    private static final String RESULTS = "count/workflowtaskresults.argoproj.io";
    /** What a quota calls the objects that resource templates create. */
    private static final Map<String, List<String>> OF_TEMPLATES = Map.of(
            "ConfigMap", List.of("configmaps", "count/configmaps"),
            "Secret", List.of("secrets", "count/secrets"),
            "Service", List.of("services", "count/services"),
            "Job", List.of("count/jobs.batch"),
            "Deployment", List.of("count/deployments.apps"),
            "StatefulSet", List.of("count/statefulsets.apps"));

    private static final CheckInfo INFO = new CheckInfo(
                    "quota-objects",
                    "A ResourceQuota does not allow the workflow, or objects that it creates besides pods",
                    Severity.ERROR,
                    Topic.ADMISSION)
            .needing(Need.QUOTAS)
            .also(Outcome.WARN);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.workflows().stream()
                .anyMatch(workflow -> !wanted(facts, workflow).isEmpty());
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            Map<String, Quantity> wanted = wanted(facts, workflow);
            Fact<List<ObjectNode>> quotas = facts.cluster().list(Resource.RESOURCE_QUOTAS, workflow.namespace());
            quotas.ifUnknown()
                    .filter(unknown -> !wanted.isEmpty())
                    .ifPresent(unknown -> findings.add(Unsure.finding(
                            INFO,
                            Places.workflow(workflow, ""),
                            "whether the quota allows the workflow's objects in namespace " + workflow.namespace(),
                            unknown)));
            for (ObjectNode quota : quotas.ifKnown().orElse(List.of())) {
                boolean ofPods =
                        quota.path("spec").has("scopes") || quota.path("spec").has("scopeSelector");
                if (!ofPods) {
                    wanted.forEach((resource, amount) -> check(workflow, quota, resource, amount, findings));
                }
            }
        }
        return findings;
    }

    /** What the API server will count, by the quota's names for it. */
    private static Map<String, Quantity> wanted(Facts facts, WorkflowFacts workflow) {
        Map<String, Quantity> wanted = new LinkedHashMap<>();
        String kind = workflow.document().kind();
        boolean given = workflow.document().isInFile();
        if (kind.equals("CronWorkflow") && given) {
            wanted.put("count/cronworkflows.argoproj.io", ONE);
        }
        if (kind.equals("Workflow") && given || kind.equals("CronWorkflow")) {
            wanted.put(WORKFLOWS, ONE);
        }
        long results = workflow.pods().stream()
                .filter(pod ->
                        pod.kind() == ArgoPod.Kind.WORKLOAD && pod.conditions().isEmpty())
                .mapToLong(ArgoPod::count)
                .sum();
        if (results > 0 && !kind.equals("Pod")) {
            wanted.put(RESULTS, ONE.times(results));
        }
        long pods = given && workflow.isArgo() ? kept(workflow) : 0;
        if (pods > 0
                && facts.controller().version().has(Behaviour.POD_GC_ANNOTATION)
                && facts.controller().assumed().settings().isEmpty()) {
            wanted.put(PODS, ONE.times(pods));
        }
        workflow.pods().stream()
                .filter(pod -> pod.conditions().isEmpty())
                // What apply and replace find there needs no more of the quota.
                .filter(pod -> Objects.text(PodTemplate.resource(pod), "action").equals("create"))
                .forEach(pod -> facts.created().by(pod).stream()
                        .filter(object -> OF_TEMPLATES.containsKey(object.kind())
                                && (object.namespace().isEmpty()
                                        || object.namespace().equals(workflow.namespace())))
                        .flatMap(object -> requireNonNull(OF_TEMPLATES.get(object.kind())).stream())
                        .forEach(name -> wanted.merge(name, ONE.times(pod.count()), Quantity::plus)));
        for (ClaimTemplate template : ClaimTemplates.of(facts, workflow)) {
            JsonNode claim = template.claim();
            Quantity storage = Quantity.read(Objects.text(claim, "spec", "resources", "requests", "storage"))
                    .orElse(NONE);
            String ofClass = Objects.text(claim, "spec", "storageClassName") + ".storageclass.storage.k8s.io/";
            for (String prefix : ofClass.startsWith(".") ? List.of("") : List.of("", ofClass)) {
                wanted.merge(prefix + "persistentvolumeclaims", ONE, Quantity::plus);
                wanted.merge(prefix + "requests.storage", storage, Quantity::plus);
            }
            wanted.merge("count/persistentvolumeclaims", ONE, Quantity::plus);
        }
        return wanted;
    }

    /** The pods that surely run and that nothing deletes before the workflow has ended. */
    private static long kept(WorkflowFacts workflow) {
        return workflow.pods().stream()
                .filter(pod -> pod.kind() == ArgoPod.Kind.WORKLOAD
                        && pod.conditions().isEmpty()
                        && !Objects.annotations(pod.pod())
                                .getOrDefault(GARBAGE_COLLECTION, "")
                                .startsWith("OnPod"))
                .mapToLong(ArgoPod::count)
                .sum();
    }

    private static void check(
            WorkflowFacts workflow, ObjectNode quota, String resource, Quantity amount, List<Finding> findings) {
        JsonNode status = quota.path("status");
        JsonNode hard = status.path("hard").isObject()
                ? status.path("hard")
                : quota.path("spec").path("hard");
        Optional<Quantity> most = Quantity.read(hard.path(resource).asText(""));
        Quantity used =
                Quantity.read(status.path("used").path(resource).asText("")).orElse(NONE);
        if (amount.isZero()
                || most.filter(limit -> used.plus(amount).compareTo(limit) > 0).isEmpty()) {
            return;
        }
        String name = Objects.name(quota);
        String namespace = workflow.namespace();
        String words = "exceeded quota: " + name + ", requested: " + resource + "=" + amount
                + ", used: " + resource + "="
                + used + ", limited: "
                + resource + "=" + most.get();
        Subject subject = Subject.of("ResourceQuota", namespace, name, "spec.hard")
                .at(workflow.document().locate(""));
        String detail = "ResourceQuota " + name + " of namespace " + namespace + " does not allow "
                + effect(workflow, resource) + " (" + words + ").";
        boolean fits = resource.equals(PODS) && amount.compareTo(most.get()) <= 0;
        boolean some = fits || resource.equals(RESULTS) && used.compareTo(most.get()) < 0;
        Finding finding = (some ? Finding.warn(INFO, subject, detail) : Finding.fail(INFO, subject, detail))
                .title("ResourceQuota %s does not allow %s", name, resource);
        findings.add(finding.fix(RunCommands.of(QuotaWords.patch(
                                name,
                                namespace,
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put(resource, used.plus(amount).toString())))
                        .because("owner of the quota: raise it, or delete objects"))
                .fix(remedy(resource, namespace)));
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
        if (OF_TEMPLATES.values().stream().anyMatch(names -> names.contains(resource))) {
            return "the objects of the workflow's resource templates: their nodes end in Failed";
        }
        return resource.equals(RESULTS)
                ? "the results of all its pods: their executors cannot report them, and the nodes end in Error"
                : "the claims of volumeClaimTemplates: the workflow stays Pending (Waiting for a PVC to be created)";
    }

    private static List<Fix> remedy(String resource, String namespace) {
        if (resource.contains("argoproj.io")) {
            return List.of(
                    RunCommands.of(Command.of("argo", "delete")
                                    .namespace(namespace)
                                    .with("--completed"))
                            .because("or delete what has ended:"),
                    ChangeField.to(Yaml.of("""
                        spec:
                          ttlStrategy: {secondsAfterCompletion: 3600}
                        """)).because("and automatically, in workflows:"));
        }
        if (resource.equals(PODS)) {
            return List.of(ChangeField.to(Yaml.of("""
                spec:
                  podGC: {strategy: OnPodCompletion}
                """))
                    .because("or have each pod deleted when it has ended, in the workflow:"));
        }
        if (!resource.contains("persistentvolumeclaims") && !resource.contains("storage")) {
            return List.of();
        }
        return List.of(
                RunCommands.of(Command.kubectl("get", "persistentvolumeclaims").namespace(namespace))
                        .because("or show the claims, to delete those that are not needed"));
    }
}
