package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import io.jenkins.plugins.argopreflight.engine.argo.field.FieldWalk;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request for the pods of workflows.
 *
 * @param documents the documents of the files to check, with their kinds and apiVersions corrected to the intended ones
 * @param namespace the namespace of objects that have none
 * @param argoNamespace the namespace of the controller
 * @param argoVersion the version to assume; empty for that of the controller
 * @param controllerFiles the controller's ConfigMap, and its Deployment if there is one; none to read them from the
 *     cluster
 * @param sensors the workflows of the Sensors among the documents, as far as they were read
 * @param parameters the values that the submission gives to the workflows' parameters, as {@code argo submit -p} does
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
        documents = documents.stream().map(FieldWalk::corrected).toList();
        controllerFiles = List.copyOf(controllerFiles);
        parameters = Map.copyOf(parameters);
    }

    /** Creates a request whose Sensors are not read yet. */
    public WorkflowRequest(
            List<Document> documents,
            String namespace,
            String argoNamespace,
            Optional<ArgoVersion> argoVersion,
            List<Document> controllerFiles,
            Map<String, String> parameters) {
        this(documents, namespace, argoNamespace, argoVersion, controllerFiles, Sensors.none(), parameters);
    }

    /** Returns the request with the workflows of the Sensors among the documents, which can be in the cluster. */
    public WorkflowRequest withSensors(ClusterReader reader, int concurrency) {
        if (documents.stream().noneMatch(Sensors::isSensor)) {
            return this;
        }
        Sensors withTriggers = Sensors.of(documents, namespace, reader, concurrency);
        return new WorkflowRequest(
                Stream.concat(documents.stream(), withTriggers.documents().stream())
                        .toList(),
                namespace,
                argoNamespace,
                argoVersion,
                controllerFiles,
                withTriggers,
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
