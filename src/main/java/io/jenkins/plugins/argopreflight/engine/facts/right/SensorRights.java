package io.jenkins.plugins.argopreflight.engine.facts.right;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight.Party;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.SensorTrigger;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rights that the ServiceAccount of a Sensor needs if its triggers create a workflow. A k8s trigger creates the
 * workflow itself. An argoWorkflow trigger runs the argo command, which also reads the templates of the workflow.
 *
 * @see <a
 *     href="https://github.com/argoproj/argo-events/blob/v1.9.6/pkg/sensors/triggers/argo-workflow/argo-workflow.go">
 *     Execute</a>, and pkg/sensors/triggers/standard-k8s, pkg/sensors/policy
 */
final class SensorRights {

    private static final Map<String, Resource> CREATED = Stream.of(
                    Resource.WORKFLOWS, Resource.CRON_WORKFLOWS, Resource.WORKFLOW_TEMPLATES)
            .collect(Collectors.toMap(Resource::kind, resource -> resource));

    private SensorRights() {}

    static Stream<RightQuestion> of(WorkflowFacts workflow) {
        return workflow.triggers().stream().flatMap(trigger -> of(workflow, trigger));
    }

    private static Stream<RightQuestion> of(WorkflowFacts workflow, SensorTrigger trigger) {
        Document document = workflow.document();
        String namespace = workflow.namespace();
        Right create = Right.of("create", Resource.WORKFLOWS, namespace);
        JsonNode root = document.root().path("spec");
        JsonNode spec = root.has("workflowSpec") ? root.path("workflowSpec") : root;
        Stream<Right> templates = SubmitterRights.references(spec, namespace);
        Stream<RightQuestion> needed =
                switch (trigger.operation()) {
                    case SUBMIT ->
                        Stream.concat(
                                rightsToSubmit(workflow, trigger, Stream.concat(Stream.of(create), templates)),
                                rightToFind(workflow, trigger, "list", Resource.WORKFLOWS));
                    case SUBMIT_FROM ->
                        Stream.concat(
                                rightsToSubmit(
                                        workflow,
                                        trigger,
                                        Stream.of(rightToGetCron(document, namespace), Stream.of(create), templates)
                                                .flatMap(each -> each)),
                                rightToFind(workflow, trigger, "get", Resource.WORKFLOWS));
                    case CREATE ->
                        rightsToSubmit(
                                workflow,
                                trigger,
                                Stream.of(Right.of(
                                        "create", Objects.requireNonNull(CREATED.get(document.kind())), namespace)));
                };
        return trigger.isAwaited()
                ? Stream.concat(
                        needed,
                        rightToFind(
                                workflow, trigger, "get", CREATED.getOrDefault(document.kind(), Resource.WORKFLOWS)))
                : needed;
    }

    private static Stream<Right> rightToGetCron(Document document, String namespace) {
        return document.kind().equals(Resource.CRON_WORKFLOWS.kind())
                ? Stream.of(Right.of("get", Resource.CRON_WORKFLOWS, namespace).named(document.name()))
                : Stream.empty();
    }

    private static Stream<RightQuestion> rightsToSubmit(
            WorkflowFacts workflow, SensorTrigger trigger, Stream<Right> rights) {
        return rights.map(right -> question(workflow, trigger, right, trigger + " makes the workflow"));
    }

    private static Stream<RightQuestion> rightToFind(
            WorkflowFacts workflow, SensorTrigger trigger, String verb, Resource resource) {
        return Stream.of(question(
                workflow,
                trigger,
                Right.of(verb, resource, workflow.namespace()),
                trigger + " looks for what it made, and counts as failed without it"));
    }

    private static RightQuestion question(WorkflowFacts workflow, SensorTrigger trigger, Right right, String purpose) {
        return new RightQuestion(
                Party.SENSOR,
                Fact.known(trigger.account()),
                Fact.known(right),
                Purpose.of(Purpose.Kind.OTHER, purpose),
                List.of(workflow),
                List.of());
    }
}
