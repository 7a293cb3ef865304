package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.Map;
import java.util.Set;

/**
 * A trigger of a Sensor of Argo Events that creates a workflow.
 *
 * @param namespace the namespace of the Sensor
 * @param isAwaited whether the policy of the trigger waits for labels of the created object
 * @param parameters the values that the arguments of the trigger give to the workflow's parameters, as {@code argo
 *     submit -p} does
 * @param eventValues the variables that represent values of an event in the workflow and in the parameters
 */
public record SensorTrigger(
        Document sensor,
        String namespace,
        String name,
        Operation operation,
        boolean isAwaited,
        Map<String, String> parameters,
        Set<String> eventValues) {

    /** An operation that creates a workflow. */
    public enum Operation {
        /** Runs {@code argo submit FILE}. */
        SUBMIT,
        /** Runs {@code argo submit --from KIND/NAME}. */
        SUBMIT_FROM,
        /** Creates an object of any kind with a request to the API server. */
        CREATE
    }

    public SensorTrigger {
        parameters = Map.copyOf(parameters);
        eventValues = Set.copyOf(eventValues);
    }

    /**
     * Returns whether the trigger contains the document; false for an object of the cluster that the trigger starts.
     */
    public boolean makes(Document document) {
        return operation != Operation.SUBMIT_FROM || !document.kind().equals(Resource.CRON_WORKFLOWS.kind());
    }

    /** Returns the identity with which Argo Events acts: the ServiceAccount of the Sensor's pod. */
    public Identity account() {
        String account = Json.text(sensor.root(), "spec", "template", "serviceAccountName");
        return Identity.ofServiceAccount(namespace, account.isEmpty() ? "default" : account);
    }

    /** Returns the trigger as text, {@code trigger build of Sensor webhook}. */
    @Override
    public String toString() {
        return description(name, sensor);
    }

    static String description(String name, Document sensor) {
        return "trigger " + name + " of Sensor " + sensor.nameOrPrefix();
    }
}
