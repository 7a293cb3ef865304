package io.jenkins.plugins.argopreflight.engine.check.admission;

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
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A check for containers that a webhook adds to Argo's pods and that do not end after main. Native sidecars (init
 * containers with {@code restartPolicy: Always}, Kubernetes 1.29) and containers with an annotation that names a
 * command to end them are no problem. Source: argo-workflows docs/sidecar-injection.md.
 */
public final class InjectedSidecar extends PodItemCheck<WorkflowPod> {

    private static final String KILL_COMMAND = "workflows.argoproj.io/kill-cmd-";

    /**
     * The settings that disable common injectors for a pod, by the name of their container: a field of the pod's
     * metadata, a key and a value.
     */
    private static final Map<String, Yaml> DISABLING = Map.of(
            "istio-proxy", Yaml.of("labels: {sidecar.istio.io/inject: \"false\"}"),
            "linkerd-proxy", Yaml.of("annotations: {linkerd.io/inject: disabled}"),
            "vault-agent", Yaml.of("annotations: {vault.hashicorp.com/agent-pre-populate-only: \"true\"}"),
            "kuma-sidecar", Yaml.of("labels: {kuma.io/sidecar-injection: disabled}"));

    public InjectedSidecar() {
        super(
                CheckInfo.warning(
                                "injected-sidecar",
                                "A webhook adds a container that does not end after main",
                                Topic.ADMISSION)
                        .needing(Need.POD_DRY_RUN)
                        .ending(Ending.PENDING),
                WorkflowPod::all);
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.admissions().stream().anyMatch(each -> each.pod().isPresent());
    }

    /** Returns whether no pod could be checked, which another check reports. */
    @Override
    public boolean lacksFacts(Facts facts) {
        return facts.admissions().stream().noneMatch(each -> each.admitted().isPresent());
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowPod item) {
        ArgoPod pod = item.pod();
        return pod.kind() == ArgoPod.Kind.OTHER
                ? List.of()
                : pod.spec()
                        .path("containers")
                        .valueStream()
                        .map(container -> Json.text(container, "name"))
                        .filter(name -> pod.addedByAdmission().contains(name)
                                && !KubeObjects.annotations(pod.pod()).containsKey(KILL_COMMAND + name))
                        .map(name -> finding(item.workflow(), pod, name))
                        .toList();
    }

    private Finding finding(WorkflowFacts workflow, ArgoPod pod, String name) {
        List<Fix> fixes = new ArrayList<>();
        if (DISABLING.containsKey(name)) {
            fixes.add(Places.inSpec(workflow, DISABLING.get(name).under("podMetadata"))
                    .because("switches it off for the workflow's pods: in the workflow"));
        } else {
            fixes.add(AskPerson.reader("switch the injection off for these pods with its label or annotation"));
        }
        fixes.add(Places.inSpec(
                        workflow,
                        Yaml.of("annotations:\n  $key: '[\"/bin/sh\", \"-c\", \"kill -TERM 1\"]'")
                                .with(
                                        "key",
                                        Operand.joined(Operand.text(KILL_COMMAND), Operand.name("container", name)))
                                .under("podMetadata"))
                .or("names a command in the container that ends it:"));
        return Finding.warn(
                        info(),
                        Places.workflow(workflow, "").at(pod.templateLocation()).container(name),
                        "A webhook or policy of the cluster adds container " + name + " to the pod of "
                                + Places.template(pod)
                                + ", and Argo cannot end what it did not start. The node stays Running after main has"
                                + " ended, unless the container ends by itself.")
                .title("Container %s, which the cluster adds, does not end by itself", name)
                .evidence(
                        EvidenceLine.words("dry run: spec.containers[" + name + "], which the workflow does not have"))
                .fix(fixes.toArray(Fix[]::new));
    }
}
