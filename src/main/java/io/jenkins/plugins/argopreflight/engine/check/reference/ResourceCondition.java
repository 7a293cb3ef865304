package io.jenkins.plugins.argopreflight.engine.check.reference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Findings;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.PodTemplate;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.SimilarNames;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A check for resource templates with a condition on a field of the status that the object's kind does not have, and
 * for other conditions that are never true or true of a healthy object. Sources: argo-workflows
 * workflow/executor/resource.go (checkResourceState); the status types of k8s.io/api v0.34 and of Argo 4.0.
 */
public final class ResourceCondition extends ResourceTemplateCheck {

    /** Matches a field of the status in a condition, such as {@code status.phase}; the group is its name. */
    private static final Pattern FIELD = Pattern.compile("(?:^|[,\\s!])status\\.(\\w+)");

    /** The fields of the status of each kind; empty for kinds without a status. */
    private static final Map<String, Set<String>> STATUS = read("""
        batch/v1 Job: conditions startTime completionTime active succeeded failed terminating completedIndexes \
          failedIndexes uncountedTerminatedPods ready
        batch/v1 CronJob: active lastScheduleTime lastSuccessfulTime
        v1 Pod: observedGeneration phase conditions message reason nominatedNodeName hostIP hostIPs podIP podIPs \
          startTime initContainerStatuses containerStatuses ephemeralContainerStatuses qosClass resize \
          resourceClaimStatuses extendedResourceClaimStatus
        apps/v1 Deployment: observedGeneration replicas updatedReplicas readyReplicas availableReplicas \
          unavailableReplicas terminatingReplicas conditions collisionCount
        apps/v1 StatefulSet: observedGeneration replicas readyReplicas currentReplicas updatedReplicas \
          availableReplicas currentRevision updateRevision collisionCount conditions
        apps/v1 DaemonSet: observedGeneration currentNumberScheduled numberMisscheduled desiredNumberScheduled \
          numberReady updatedNumberScheduled numberAvailable numberUnavailable collisionCount conditions
        v1 Service: loadBalancer conditions
        networking.k8s.io/v1 Ingress: loadBalancer
        v1 PersistentVolumeClaim: phase accessModes capacity conditions allocatedResources \
          allocatedResourceStatuses currentVolumeAttributesClassName modifyVolumeStatus
        argoproj.io/v1alpha1 Workflow: phase startedAt finishedAt estimatedDuration progress message nodes \
          compressedNodes offloadNodeStatusVersion storedTemplates persistentVolumeClaims outputs conditions \
          resourcesDuration storedWorkflowTemplateSpec synchronization artifactRepositoryRef artifactGCStatus \
          taskResultsCompletionStatus
        v1 ConfigMap:
        v1 Secret:
        v1 ServiceAccount:
        rbac.authorization.k8s.io/v1 Role:
        rbac.authorization.k8s.io/v1 RoleBinding:
        networking.k8s.io/v1 NetworkPolicy:
        argoproj.io/v1alpha1 WorkflowTemplate:
        """);

    private static Map<String, Set<String>> read(String lines) {
        return lines.lines()
                .map(line -> line.split(":", 2))
                .collect(Collectors.toMap(
                        kind -> kind[0],
                        kind -> Stream.of(kind[1].split("\\s+"))
                                .filter(field -> !field.isEmpty())
                                .collect(Collectors.toSet())));
    }

    public ResourceCondition() {
        super(CheckInfo.error(
                        "resource-condition",
                        "The condition of a resource template is never true, or true of a healthy object",
                        Topic.WORKFLOW)
                .ending(Ending.PENDING)
                .alsoGiving(Outcome.WARN));
    }

    @Override
    protected List<Finding> check(Facts facts, WorkflowPod item) {
        List<Finding> findings = new Findings();
        List<Document> objects = facts.created().by(item.pod());
        if (objects.size() == 1) {
            check(item.workflow(), item.pod(), objects.get(0), findings);
        }
        ResourceConditionValue.check(info(), facts, item, findings);
        return findings;
    }

    private void check(WorkflowFacts workflow, ArgoPod pod, Document object, List<Finding> findings) {
        Set<String> status = STATUS.get(object.apiVersion() + " " + object.kind());
        JsonNode resource = PodTemplate.resource(pod);
        for (String field : List.of("successCondition", "failureCondition")) {
            Matcher fieldMatcher = FIELD.matcher(Json.text(resource, field));
            while (status != null && fieldMatcher.find()) {
                if (!status.contains(fieldMatcher.group(1))) {
                    findings.add(finding(workflow, pod, object, field, fieldMatcher.group(1), status));
                }
            }
        }
    }

    private Finding finding(
            WorkflowFacts workflow, ArgoPod pod, Document object, String field, String name, Set<String> status) {
        boolean isSuccess = field.equals("successCondition");
        String sentence = "The " + field + " of " + Places.template(pod) + " names status." + name + ", which a "
                + object.kind() + " does not have. "
                + (isSuccess
                        ? "It is never true: the template waits until it is ended, whatever becomes of the object."
                        : "It is never true: the template does not notice that the object has failed.")
                + SimilarNames.to(name, status)
                        .map(each -> " Did you mean status." + each + "?")
                        .orElse("");
        return (isSuccess
                        ? Finding.fail(info(), Places.workflow(workflow, "").at(pod.templateLocation()), sentence)
                        : Finding.warn(info(), Places.workflow(workflow, "").at(pod.templateLocation()), sentence))
                .title(
                        (isSuccess ? "%s waits for" : "%s fails on") + " status.%s, which a %s does not have",
                        Places.template(pod),
                        name,
                        object.kind())
                .evidence(EvidenceLine.field(
                        "resource." + field, Json.text(PodTemplate.resource(pod).path(field))))
                .fix(
                        AskPerson.reader("correct " + field + " in " + Places.template(pod)),
                        RunCommands.of(Places.explain(object.kind(), status.isEmpty() ? "" : "status"))
                                .because("the fields that exist:"));
    }
}
