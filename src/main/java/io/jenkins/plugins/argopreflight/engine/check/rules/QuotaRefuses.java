package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Admission;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.workflow.ArgoPod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ResourceQuota refuses the pod: containers without requests or limits, or no room. */
public final class QuotaRefuses extends AdmissionCheck {

    private static final CheckInfo INFO = info("quota", "A ResourceQuota refuses a pod of the workflow");

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    Optional<Finding> finding(Facts facts, Admission admission, String words) {
        return QuotaWords.of(words)
                .map(quota ->
                        quota.missing().isEmpty() ? exceeded(admission, quota) : unspecified(facts, admission, quota));
    }

    private static Finding exceeded(Admission admission, QuotaWords quota) {
        String namespace = admission.workflow().namespace();
        String end = quota.neverFits()
                ? " It will never fit."
                : " The node stays Pending until other objects of the namespace are gone.";
        return Finding.fail(
                        INFO,
                        Subject.of("ResourceQuota", namespace, quota.quota(), "spec.hard")
                                .at(admission.pod().orElseThrow().templateLocation()),
                        "ResourceQuota " + quota.quota() + " of namespace " + namespace + " has no room for "
                                + pod(admission.pod().orElseThrow()) + ": it requests " + amounts(quota.requested())
                                + ", in use are " + amounts(quota.used()) + " of " + amounts(quota.limited())
                                + ". Argo takes this for passing and tries again for ever, so nothing will fail." + end)
                .fix(
                        "# who owns the quota: make room for one such pod\n"
                                + "kubectl patch resourcequota " + quota.quota() + " -n " + namespace
                                + " --type=merge -p '{\"spec\": {\"hard\": {" + quota.room() + "}}}'",
                        "# or see what uses it\nkubectl describe resourcequota " + quota.quota() + " -n " + namespace,
                        "# so that it ends: in the workflow\nspec:\n  activeDeadlineSeconds: 3600",
                        "# and so that fewer pods run at once\nspec:\n  parallelism: 1");
    }

    private static Finding unspecified(Facts facts, Admission admission, QuotaWords quota) {
        ArgoPod pod = admission.pod().orElseThrow();
        List<String> containers =
                quota.containers().isEmpty() ? ArgoContainers.names(pod) : new ArrayList<>(quota.containers());
        List<String> own = ArgoContainers.own(facts, pod, containers);
        List<String> users =
                containers.stream().filter(name -> !own.contains(name)).toList();
        String namespace = admission.workflow().namespace();
        Subject subject = users.isEmpty()
                ? Knobs.place(facts, admission.workflow(), pod, own.get(0), "resources")
                : ArgoContainers.place(admission.workflow(), pod, users.get(0), "resources");
        String resources = resources(quota);
        Finding finding = Finding.fail(
                INFO,
                subject.at(pod.templateLocation()),
                "ResourceQuota " + quota.quota() + " of namespace " + namespace + " wants "
                        + String.join(", ", quota.missing().keySet()) + " on every container; " + pod(pod)
                        + " has none on " + Knobs.list(containers)
                        + (own.isEmpty() ? "" : ", of which " + Knobs.list(own) + " are Argo's own")
                        + ". The node will end in Error at once.");
        finding = finding.fix(Knobs.of(facts, pod, own, resources).toArray(String[]::new));
        if (!users.isEmpty()) {
            finding = finding.fix("# in the template, at " + Knobs.list(users) + "\n" + resources.stripTrailing());
        }
        return finding.fix(limitRange(namespace, quota));
    }

    /** Only what the quota asks for, with small amounts to start from. */
    private static String resources(QuotaWords quota) {
        StringBuilder text = new StringBuilder("resources:\n");
        for (String part : List.of("requests", "limits")) {
            List<String> amounts = amounts(quota, part);
            if (!amounts.isEmpty()) {
                text.append("  ")
                        .append(part)
                        .append(": {")
                        .append(String.join(", ", amounts))
                        .append("}\n");
            }
        }
        return text.toString();
    }

    private static List<String> amounts(QuotaWords quota, String part) {
        Map<String, String> usual = Map.of("cpu", "100m", "memory", "128Mi", "ephemeral-storage", "100Mi");
        return quota.missing().keySet().stream()
                .filter(resource ->
                        resource.startsWith(part + ".") || part.equals("requests") && usual.containsKey(resource))
                .map(resource -> resource.substring(resource.indexOf('.') + 1))
                .distinct()
                .map(name -> name + ": " + usual.getOrDefault(name, "1"))
                .toList();
    }

    private static String limitRange(String namespace, QuotaWords quota) {
        StringBuilder text =
                new StringBuilder("# or defaults for all pods of the namespace\nkubectl apply -f - <<'EOF'\n"
                        + "apiVersion: v1\nkind: LimitRange\nmetadata: {name: defaults, namespace: " + namespace + "}\n"
                        + "spec:\n  limits:\n  - type: Container\n");
        List<String> limits = amounts(quota, "limits");
        List<String> requests = amounts(quota, "requests");
        if (!limits.isEmpty()) {
            text.append("    default: {").append(String.join(", ", limits)).append("}\n");
        }
        if (!requests.isEmpty()) {
            text.append("    defaultRequest: {")
                    .append(String.join(", ", requests))
                    .append("}\n");
        }
        return text.append("EOF").toString();
    }

    /** Such as {@code requests.cpu 2, pods 1}. */
    static String amounts(Map<String, String> amounts) {
        return String.join(
                ", ",
                amounts.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .toList());
    }
}
