package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.json.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Existence.Ending;
import java.util.ArrayList;
import java.util.List;

/**
 * A check for pods that another scheduler than Kubernetes' own must assign to a node. If no scheduler of this name
 * runs, the pod stays Pending without a condition, an event or a message. Source: kubernetes
 * pkg/scheduler/eventhandlers.go (responsibleForPod).
 */
public final class SchedulerName implements Check {

    private static final CheckInfo INFO = new CheckInfo(
                    "scheduler-name",
                    "A pod waits for another scheduler than that of Kubernetes",
                    Severity.WARNING,
                    Topic.CLUSTER)
            .ending(Ending.PENDING);

    private static final String DEFAULT = "default-scheduler";

    @Override
    public CheckInfo info() {
        return INFO;
    }

    @Override
    public boolean applies(Facts facts) {
        return facts.pods().anyMatch(pod -> !name(pod).isEmpty());
    }

    @Override
    public List<Finding> check(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (WorkflowFacts workflow : facts.workflows()) {
            for (ArgoPod pod : workflow.pods()) {
                String name = name(pod);
                if (!name.isEmpty() && !name.equals(DEFAULT) && !name.contains("{{")) {
                    findings.add(finding(workflow, pod, name).on(pod));
                }
            }
        }
        return findings;
    }

    private static String name(ArgoPod pod) {
        return Json.text(pod.spec(), "schedulerName");
    }

    private static Finding finding(WorkflowFacts workflow, ArgoPod pod, String name) {
        return Finding.warn(
                        INFO,
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
