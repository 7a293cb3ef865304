package io.jenkins.plugins.argopreflight.engine.check.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.UnknownFindings;
import io.jenkins.plugins.argopreflight.engine.check.location.Amounts;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.location.SettingFix;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.Quotas;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A check for pods that a ResourceQuota refuses: their containers have no requests or limits, or there is no capacity.
 */
public final class QuotaRefuses extends AdmissionCheck {

    public QuotaRefuses() {
        super(CheckInfo.error("quota", "A ResourceQuota refuses a pod of the workflow", Topic.ADMISSION)
                .ending(Ending.REFUSED)
                .needing(Need.POD_DRY_RUN, Need.QUOTAS, Need.PODS, Need.LIMIT_RANGES)
                .alsoGiving(Outcome.WARN));
    }

    @Override
    public boolean applies(Facts facts) {
        return super.applies(facts) || QuotaHeldByDaemon.applies(facts);
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new Findings();
        findings.addAll(super.check(facts));
        findings.addAll(new QuotaHeldByDaemon(info()).findings(facts));
        return findings;
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, AdmissionRefusal refusal) {
        return QuotaMessage.of(refusal.message())
                .map(quota -> quota.missing().isEmpty()
                        ? exceeded(facts, admission, quota)
                        : unspecified(facts, admission, quota));
    }

    private Finding exceeded(Facts facts, Admission admission, QuotaMessage quota) {
        String namespace = admission.workflow().namespace();
        boolean isNever = quota.neverFits();
        String end = isNever
                ? " It never fits: it requests more than the quota allows in all."
                : " The node stays Pending until pods of the namespace end or are deleted.";
        Subject subject = Subject.of("ResourceQuota", namespace, quota.quota(), "spec.hard")
                .at(admission.pod().orElseThrow().templateLocation());
        String detail = "ResourceQuota " + quota.quota() + " of namespace " + namespace + " does not allow "
                + pod(admission.pod().orElseThrow()) + ": it requests " + amounts(quota.requested()) + ", in use are "
                + amounts(quota.used()) + " of " + amounts(quota.limited())
                + ". Argo retries forever, so nothing fails.";
        Fact<Boolean> isPassing = isNever ? Fact.known(false) : isPassing(facts, namespace, quota);
        Finding finding = isPassing.fold(
                ends -> ends
                        ? Finding.warn(
                                info(), subject, detail + " The node stays Pending until pods that run now have ended.")
                        : Finding.fail(info(), subject, detail + end),
                unknown -> UnknownFindings.withMissingRight(
                        unknown,
                        Finding.unknown(
                                info(),
                                subject,
                                detail + " Could not check whether the pods that use it end: "
                                        + UnknownFindings.sentence(unknown))));
        return finding.title(
                        "ResourceQuota %s does not allow %s",
                        quota.quota(), pod(admission.pod().orElseThrow()))
                .ending(Ending.PENDING)
                .fix(
                        RunCommands.of(quota.makeRoom(namespace))
                                .because(
                                        isNever
                                                ? "owner of the quota: raise it by one such pod"
                                                : "owner of the quota: raise it by one such pod, or delete pods"),
                        RunCommands.of(Command.kubectl("describe", "resourcequota")
                                        .name("ResourceQuota", quota.quota())
                                        .namespace(namespace))
                                .or("show what uses it"),
                        Places.inSpec(admission.workflow(), Yaml.of("activeDeadlineSeconds: 3600"))
                                .because("so that it ends: in the workflow"),
                        Places.inSpec(admission.workflow(), Yaml.of("parallelism: 1"))
                                .because("and so that fewer pods run at once"));
    }

    /** Returns whether there is capacity once the pods have ended that end by themselves. */
    private static Fact<Boolean> isPassing(Facts facts, String namespace, QuotaMessage quota) {
        Fact<List<ObjectNode>> pods = facts.cluster().list(Resource.PODS, namespace);
        return facts.cluster()
                .list(Resource.RESOURCE_QUOTAS, namespace)
                .flatMap(quotas -> pods.map(all -> {
                    List<ObjectNode> endingPods =
                            all.stream().filter(QuotaRefuses::endsByItself).toList();
                    try {
                        return quotas.stream()
                                .filter(each -> KubeObjects.name(each).equals(quota.quota()))
                                .anyMatch(each -> quota.fitsWithout(Quotas.used(each, endingPods)));
                    } catch (IllegalArgumentException noAmount) {
                        // An API server stores no such amount, but a snapshot can contain one.
                        return false;
                    }
                }));
    }

    /**
     * Returns whether a pod ends by itself: one of a Job, of a workflow or without a controller. Pods of a Deployment
     * or a similar controller are always started again.
     */
    private static boolean endsByItself(ObjectNode pod) {
        return Json.text(pod, "spec", "restartPolicy").matches("Never|OnFailure")
                && Json.text(pod, "status", "phase").matches("Pending|Running");
    }

    private Finding unspecified(Facts facts, Admission admission, QuotaMessage quota) {
        ArgoPod pod = admission.pod().orElseThrow();
        List<String> containers =
                quota.containers().isEmpty() ? ArgoContainers.names(pod) : new ArrayList<>(quota.containers());
        List<String> argoContainers = ArgoContainers.notWrittenByUser(facts, pod, containers);
        List<String> userContainers = containers.stream()
                .filter(name -> !argoContainers.contains(name))
                .toList();
        String namespace = admission.workflow().namespace();
        Subject subject = userContainers.isEmpty()
                ? SettingFix.place(facts, admission.workflow(), pod, argoContainers.get(0), "resources")
                : ArgoContainers.place(admission.workflow(), pod, userContainers.get(0), "resources");
        Yaml resources =
                Amounts.resources(Map.of("requests", amounts(quota, "requests"), "limits", amounts(quota, "limits")));
        Finding finding = Finding.fail(
                        info(),
                        subject.at(pod.templateLocation()),
                        "ResourceQuota " + quota.quota() + " of namespace " + namespace + " requires "
                                + String.join(", ", quota.missing().keySet()) + " of every container; " + pod(pod)
                                + " has none for " + SettingFix.list(containers)
                                + (argoContainers.isEmpty()
                                        ? ""
                                        : ", of which " + SettingFix.list(argoContainers) + " are Argo's own")
                                + ". The node ends in Error at once.")
                .title("ResourceQuota %s requires requests or limits", quota.quota());
        finding = finding.fix(SettingFix.of(facts, admission.workflow(), pod, argoContainers, resources));
        if (!userContainers.isEmpty()) {
            finding = finding.fix(ArgoContainers.changes(
                    admission.workflow(),
                    pod,
                    userContainers,
                    resources,
                    "in the template, at " + SettingFix.list(userContainers)));
        }
        return finding.fix(limitRange(namespace, quota));
    }

    /** Returns small amounts to start with, of the resources that the quota requires. */
    private static Map<String, String> amounts(QuotaMessage quota, String part) {
        Map<String, String> amounts = new LinkedHashMap<>();
        quota.missing().keySet().stream()
                .filter(resource -> resource.startsWith(part + ".")
                        || part.equals("requests") && Amounts.USUAL.containsKey(resource))
                .map(resource -> resource.substring(resource.indexOf('.') + 1))
                .forEach(name -> amounts.put(name, Amounts.usual(name)));
        return amounts;
    }

    private static Fix limitRange(String namespace, QuotaMessage quota) {
        Map<String, String> limits = amounts(quota, "limits");
        Map<String, String> requests = amounts(quota, "requests");
        Yaml container = Yaml.of("type: Container");
        if (!limits.isEmpty()) {
            container = container.and(Amounts.of(limits).under("default"));
        }
        if (!requests.isEmpty()) {
            container = container.and(Amounts.of(requests).under("defaultRequest"));
        }
        return ApplyManifest.of(Yaml.of("""
            apiVersion: v1
            kind: LimitRange
            metadata: {name: defaults, namespace: $namespace}
            spec:
              limits: $limits
            """)
                        .with("namespace", Operand.namespace(namespace))
                        .with("limits", Yaml.list(List.of(container))))
                .or("defaults for all pods of the namespace");
    }

    /** Returns amounts as text, such as {@code requests.cpu 2, pods 1}. */
    static String amounts(Map<String, String> amounts) {
        return String.join(
                ", ",
                amounts.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .toList());
    }
}
