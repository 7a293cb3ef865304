package io.jenkins.plugins.argopreflight.engine.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The workflow from a file, or from an object in the cluster as Argo creates it.
 *
 * @see <a href="https://github.com/argoproj/argo-workflows/blob/v4.0.5/workflow/common/convert.go">convert.go</a>
 */
final class WorkflowSource {

    private static final String LABEL = "workflows.argoproj.io/";
    private static final Map<String, Resource> KINDS = Map.of(
            "workflowtemplate", Resource.WORKFLOW_TEMPLATES,
            "wftmpl", Resource.WORKFLOW_TEMPLATES,
            "clusterworkflowtemplate", Resource.CLUSTER_WORKFLOW_TEMPLATES,
            "cwft", Resource.CLUSTER_WORKFLOW_TEMPLATES,
            "cwftmpl", Resource.CLUSTER_WORKFLOW_TEMPLATES,
            "cronworkflow", Resource.CRON_WORKFLOWS,
            "cronwf", Resource.CRON_WORKFLOWS,
            "cwf", Resource.CRON_WORKFLOWS);

    private final ClusterGateway cluster;
    private final Submission submission;

    WorkflowSource(ClusterGateway cluster, Submission submission) {
        this.cluster = cluster;
        this.submission = submission;
    }

    /**
     * Returns the workflow to submit.
     *
     * @throws IllegalArgumentException if there is not exactly one such workflow
     */
    ObjectNode workflow() {
        return submission.from().isEmpty() ? ofFile() : ofObject();
    }

    private ObjectNode ofFile() {
        List<Document> workflows = submission.documents().stream()
                .filter(document -> document.kind().equals("Workflow"))
                .toList();
        if (workflows.size() == 1) {
            return workflows.get(0).root().deepCopy();
        }
        if (workflows.isEmpty()) {
            throw new IllegalArgumentException("no Workflow in "
                    + submission.documents().get(0).file() + ", which holds " + kinds(submission.documents())
                    + "; a template or CronWorkflow is submitted from the cluster, with from");
        }
        throw new IllegalArgumentException(workflows.size() + " Workflows in "
                + workflows.get(0).file() + " (" + kinds(workflows) + "); submit one at a time, each from a file of its"
                + " own");
    }

    private static String kinds(List<Document> documents) {
        return documents.stream()
                .limit(5)
                .map(document -> document.kind() + " " + document.nameOrPrefix())
                .collect(Collectors.joining(", "));
    }

    private ObjectNode ofObject() {
        String[] parts = submission.from().split("/", -1);
        Resource resource = KINDS.get(parts[0].toLowerCase(Locale.ROOT));
        if (resource == null || parts.length != 2 || parts[1].isEmpty()) {
            throw new IllegalArgumentException("from \"" + submission.from()
                    + "\": give KIND/NAME, with workflowtemplate, clusterworkflowtemplate or cronworkflow as KIND");
        }
        String name = parts[1];
        ObjectNode found = cluster.get(resource, submission.namespace(), name)
                .orElseThrow(() -> new IllegalArgumentException(resource.kind() + " " + name + " does not exist"
                        + (resource.namespaced() ? " in namespace " + submission.namespace() : "")));
        return resource.equals(Resource.CRON_WORKFLOWS) ? ofCron(found, name) : ofTemplate(resource, name);
    }

    private ObjectNode ofTemplate(Resource resource, String name) {
        ObjectNode workflow = base(name);
        boolean cluster = !resource.namespaced();
        labels(workflow).put(LABEL + (cluster ? "cluster-workflow-template" : "workflow-template"), name);
        ObjectNode reference =
                workflow.putObject("spec").putObject("workflowTemplateRef").put("name", name);
        if (cluster) {
            reference.put("clusterScope", true);
        }
        return workflow;
    }

    private ObjectNode ofCron(ObjectNode cron, String name) {
        ObjectNode workflow = base(name);
        ObjectNode metadata = KubeObjects.metadata(workflow);
        metadata.withObject("/annotations")
                .put(
                        LABEL + "scheduled-time",
                        Clock.systemUTC()
                                .instant()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
        String instance = KubeObjects.labels(cron).getOrDefault(Draft.INSTANCE_ID, "");
        if (!instance.isEmpty()) {
            labels(workflow).put(Draft.INSTANCE_ID, instance);
        }
        labels(workflow).put(LABEL + "cron-workflow", name);
        for (String field : List.of("labels", "annotations")) {
            cron.path("spec")
                    .path("workflowMetadata")
                    .path(field)
                    .properties()
                    .forEach(entry -> metadata.withObject("/" + field).set(entry.getKey(), entry.getValue()));
        }
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", Resource.CRON_WORKFLOWS.apiVersion())
                .put("kind", Resource.CRON_WORKFLOWS.kind())
                .put("name", name)
                .put("uid", KubeObjects.uid(cron))
                .put("controller", true)
                .put("blockOwnerDeletion", true);
        workflow.set("spec", cron.path("spec").path("workflowSpec").deepCopy());
        return workflow;
    }

    private ObjectNode base(String name) {
        ObjectNode workflow = KubeObjects.of(Resource.WORKFLOWS, submission.namespace(), "");
        KubeObjects.metadata(workflow).put("generateName", name + "-");
        return workflow;
    }

    private static ObjectNode labels(ObjectNode workflow) {
        return workflow.withObject("/metadata/labels");
    }
}
