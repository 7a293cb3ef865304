package io.jenkins.plugins.argopreflight.engine.collect.right;

import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.collect.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Controller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who needs which right for these workflows: pure, each question once. */
final class RightQuestions {

    private RightQuestions() {}

    /**
     * @param submitter who will submit them
     * @param account whom the controller runs as
     * @param kinds which resource an object of a resource template is
     */
    static List<RightQuestion> of(
            List<WorkflowFacts> workflows,
            Controller controller,
            Fact<Identity> submitter,
            Fact<Identity> account,
            ClusterKinds kinds) {
        Map<RightQuestion, List<RightQuestion>> same = workflows.stream()
                .flatMap(workflow -> Stream.of(
                                new SubmitterRights(workflow, submitter).all(),
                                SensorRights.of(workflow),
                                new WorkflowRights(workflow, controller.version(), kinds).all(),
                                new ControllerRights(workflow, controller, account).all())
                        .flatMap(each -> each))
                .collect(Collectors.groupingBy(RightQuestion::bare, LinkedHashMap::new, Collectors.toList()));
        return same.values().stream().map(RightQuestion::together).toList();
    }
}
