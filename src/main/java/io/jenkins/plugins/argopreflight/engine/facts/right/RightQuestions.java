package io.jenkins.plugins.argopreflight.engine.facts.right;

import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rights that workflows need. Each is asked for once; no method does I/O. */
final class RightQuestions {

    private RightQuestions() {}

    /**
     * Returns the rights that the submitter, the Sensors, the pods and the controller need.
     *
     * @param submitter the identity that submits the workflows
     * @param account the identity of the controller
     * @param kinds the resources of the objects that resource templates create
     */
    static List<RightQuestion> of(
            List<WorkflowFacts> workflows,
            Controller controller,
            Fact<Identity> submitter,
            Fact<Identity> account,
            ClusterKinds kinds) {
        Map<RightQuestion, List<RightQuestion>> equal = workflows.stream()
                .flatMap(workflow -> Stream.of(
                                new SubmitterRights(workflow, submitter).questions(),
                                SensorRights.of(workflow),
                                new WorkflowRights(workflow, controller.version(), kinds).questions(),
                                new ControllerRights(workflow, controller, account).questions())
                        .flatMap(each -> each))
                .collect(Collectors.groupingBy(RightQuestion::withoutUsers, LinkedHashMap::new, Collectors.toList()));
        return equal.values().stream().map(RightQuestion::merge).toList();
    }
}
