package io.jenkins.plugins.argopreflight.engine.check.scheduling;

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
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;

/**
 * A check for pods that another scheduler than Kubernetes' own must assign to a node. If no scheduler of this name
 * runs, the pod stays Pending without a condition, an event or a message. Source: kubernetes
 * pkg/scheduler/eventhandlers.go (responsibleForPod).
 */
public final class SchedulerName extends PodItemCheck<WorkflowPod> {

    private static final String DEFAULT = "default-scheduler";

    public SchedulerName() {
        super(
                CheckInfo.warning(
                                "scheduler-name",
                                "A pod waits for another scheduler than that of Kubernetes",
                                Topic.CLUSTER)
                        .ending(Ending.PENDING),
                WorkflowPod::all);
    }

    @Override
    protected boolean concerns(WorkflowPod item) {
        return !name(item.pod()).isEmpty();
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowPod item) {
        String name = name(item.pod());
        return name.equals(DEFAULT) || name.contains("{{")
                ? List.of()
                : List.of(finding(item.workflow(), item.pod(), name));
    }

    private static String name(ArgoPod pod) {
        return Json.text(pod.spec(), "schedulerName");
    }

    private Finding finding(WorkflowFacts workflow, ArgoPod pod, String name) {
        return Finding.warn(
                        info(),
                        Places.of(workflow, pod, "spec.schedulerName"),
                        "Only a scheduler with the name " + name + " assigns the pod of " + Places.template(pod)
                                + " to a node. Where none runs, the pod stays Pending, and nothing reports an error.")
                .title("Pods wait for scheduler %s", name)
                .evidence(EvidenceLine.field("spec.schedulerName", name))
                .fix(
                        RunCommands.of(Command.kubectl("get", "pods", "-A")
                                        .with(Operand.joined(
                                                Operand.text("--field-selector=spec.schedulerName="),
                                                Operand.name("scheduler", name))))
                                .because("pods that run with it show that it works:"),
                        AskPerson.reader("else remove schedulerName, or ask for the scheduler to be installed"));
    }
}
