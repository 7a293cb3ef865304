package io.jenkins.plugins.argopreflight.engine.check.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.PodItemCheck;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.PodRules;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.Sysctls;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import java.util.List;

/**
 * A check for sysctls that the kubelet accepts only if its administrators allow them. Source: kubernetes
 * pkg/kubelet/sysctl/allowlist.go, https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/
 */
public final class UnsafeSysctl extends PodItemCheck<WorkflowPod> {

    private static final String FIELD = "spec.securityContext.sysctls";

    public UnsafeSysctl() {
        super(
                CheckInfo.warning("unsafe-sysctl", "A kubelet refuses a sysctl unless it allows it", Topic.ADMISSION)
                        .ending(Ending.FAILED),
                WorkflowPod::all);
    }

    @Override
    protected boolean concerns(WorkflowPod item) {
        return !sysctls(item.pod()).isEmpty();
    }

    private static JsonNode sysctls(ArgoPod pod) {
        return pod.spec().path("securityContext").path("sysctls");
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowPod item) {
        int minor = PodRules.minor(facts.kubernetes().ifKnown().orElse(""));
        List<String> unsafe = Sysctls.unsafe(sysctls(item.pod()), minor);
        return unsafe.isEmpty() || isRefused(facts, item.pod())
                ? List.of()
                : List.of(finding(item.workflow(), item.pod(), unsafe));
    }

    /** Returns whether Pod Security refuses the pod, so that no kubelet receives it. */
    private static boolean isRefused(Facts facts, ArgoPod pod) {
        return facts.admissions().stream()
                .filter(admission -> admission.created().isEmpty()
                        && admission.pod().filter(pod::equals).isPresent())
                .flatMap(admission -> admission.refusal().ifKnown().flatMap(refusal -> refusal).stream())
                .flatMap(refusal -> refusal.podSecurity().stream())
                .flatMap(podSecurity -> podSecurity.violations().stream())
                .anyMatch(violation -> violation.field().equals("securityContext.sysctls"));
    }

    private Finding finding(WorkflowFacts workflow, ArgoPod pod, List<String> unsafe) {
        String sysctls = String.join(", ", unsafe);
        return Finding.warn(
                        info(),
                        Places.of(workflow, pod, FIELD),
                        "The pod of " + Places.template(pod) + " sets " + sysctls
                                + ", which is not in Kubernetes' list of safe sysctls. A kubelet refuses the pod"
                                + " (SysctlForbidden, phase Failed) unless its allowedUnsafeSysctls has it, which could"
                                + " not be checked.")
                .title("The kubelet refuses sysctl %s unless it is allowed", sysctls)
                .evidence(EvidenceLine.words("forbidden sysctl: \"" + unsafe.get(0) + "\" not allowlisted"))
                .fix(
                        AskPerson.reader("remove it at " + pod.origin(FIELD)),
                        new AskPerson(
                                "cluster administrators",
                                "or allow it on the nodes that run the pod: allowedUnsafeSysctls of the kubelet's configuration"));
    }
}
