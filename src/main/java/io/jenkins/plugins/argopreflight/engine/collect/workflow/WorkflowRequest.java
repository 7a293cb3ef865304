package io.jenkins.plugins.argopreflight.engine.collect.workflow;

import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.collect.sensor.Sensors;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.field.FieldWalk;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request for the pods of workflows.
 *
 * @param documents workflows, and what they refer to, as far as files hold it; kept as their author means them
 * @param namespace of every object that does not say it
 * @param argoNamespace where the controller runs
 * @param argoVersion empty to take the controller's
 * @param controllerFiles the controller's ConfigMap, and its Deployment when given; none to ask the cluster
 * @param sensors the workflows of the Sensors among the documents, as far as they were read
 * @param parameters values that the submission gives to the workflows' parameters, as {@code argo submit -p} does
 */
public record WorkflowRequest(
        List<Document> documents,
        String namespace,
        String argoNamespace,
        Optional<ArgoVersion> argoVersion,
        List<Document> controllerFiles,
        Sensors sensors,
        Map<String, String> parameters) {

    public WorkflowRequest {
        documents = documents.stream().map(FieldWalk::meant).toList();
        controllerFiles = List.copyOf(controllerFiles);
        parameters = Map.copyOf(parameters);
    }

    /** Creates a request with workflows of Sensors still to be read. */
    public WorkflowRequest(
            List<Document> documents,
            String namespace,
            String argoNamespace,
            Optional<ArgoVersion> argoVersion,
            List<Document> controllerFiles,
            Map<String, String> parameters) {
        this(documents, namespace, argoNamespace, argoVersion, controllerFiles, Sensors.none(), parameters);
    }

    /** Returns the request with the workflows of the Sensors among the documents, which can need the cluster. */
    public WorkflowRequest withSensors(ClusterReader reader, int concurrency) {
        if (documents.stream().noneMatch(Sensors::isSensor)) {
            return this;
        }
        Sensors read = Sensors.of(documents, namespace, reader, concurrency);
        return new WorkflowRequest(
                Stream.concat(documents.stream(), read.documents().stream()).toList(),
                namespace,
                argoNamespace,
                argoVersion,
                controllerFiles,
                read,
                parameters);
    }

    /** Creates a request without values from the submission. */
    public WorkflowRequest(
            List<Document> documents,
            String namespace,
            String argoNamespace,
            Optional<ArgoVersion> argoVersion,
            List<Document> controllerFiles) {
        this(documents, namespace, argoNamespace, argoVersion, controllerFiles, Map.of());
    }
}
