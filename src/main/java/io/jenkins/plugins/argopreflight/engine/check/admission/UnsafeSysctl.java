package io.jenkins.plugins.argopreflight.engine.check.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.cluster.admission.PodRules;
import io.jenkins.plugins.argopreflight.engine.cluster.admission.podsecurity.PodSecurity;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.List;

/**
 * A check for sysctls that the kubelet accepts only if its administrators allow them. Source: kubernetes
 * pkg/kubelet/sysctl/allowlist.go, https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
 */
public final class UnsafeSysctl implements Check {

    private static final String FIELD = "spec.securityContext.sysctls";
    private static final CheckInfo INFO = new CheckInfo(
                    "unsafe-sysctl",
                    "A kubelet refuses a sysctl unless it allows it",
                    Severity.WARNING,
                    Topic.ADMISSION)
            .ending(Ending.FAILED);

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.pods().anyMatch(pod -> !sysctls(pod).isEmpty());
    }

    private static JsonNode sysctls(ArgoPod pod) {
        return pod.spec().path("securityContext").path("sysctls");
    }

    @Override
    public List<Finding> check(Facts facts) {
        int minor = PodRules.minor(facts.kubernetes().ifKnown().orElse(""));
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            for (ArgoPod pod : workflow.pods()) {
                PodSecurity.unsafeSysctls(sysctls(pod), minor)
                        .filter(sysctls -> !isRefused(facts, pod))
                        .ifPresent(sysctls -> findings.add(finding(workflow, pod, sysctls)));
            }
        }
        return findings;
    }

    /** Returns whether Pod Security refuses the pod, so that no kubelet receives it. */
    private static boolean isRefused(Facts facts, ArgoPod pod) {
        return facts.admissions().stream()
                .filter(admission -> admission.created().isEmpty()
                        && admission.pod().filter(pod::equals).isPresent())
                .flatMap(admission -> admission.podSecurity().stream())
                .flatMap(refusal -> refusal.violations().stream())
                .anyMatch(violation -> violation.field().equals("securityContext.sysctls"));
    }

    private static Finding finding(WorkflowFacts workflow, ArgoPod pod, String sysctls) {
        return Finding.warn(
                        INFO,
                        Places.of(workflow, pod, FIELD),
                        "The pod of " + Places.template(pod) + " sets " + sysctls
                                + ", which is not in Kubernetes' list of safe sysctls. A kubelet refuses the pod"
                                + " (SysctlForbidden, phase Failed) unless its allowedUnsafeSysctls has it, which could"
                                + " not be checked.")
                .title("The kubelet refuses sysctl %s unless it is allowed", sysctls)
                .evidence(EvidenceLine.words("forbidden sysctl: \"" + sysctls.split(",", 2)[0] + "\" not allowlisted"))
                .fix(
                        AskPerson.reader("remove it at " + pod.origin(FIELD)),
                        new AskPerson(
                                "cluster administrators",
                                "or allow it on the nodes that run the pod: allowedUnsafeSysctls of the kubelet's configuration"))
                .on(pod);
    }
}
