package io.jenkins.plugins.argopreflight.engine.collect.sensor;

import io.jenkins.plugins.argopreflight.engine.cluster.Identity;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.Map;
import java.util.Set;

/**
 * A trigger of a Sensor of Argo Events that makes a workflow.
 *
 * @param namespace of the Sensor
 * @param isAwaited whether its policy waits for labels of what it made
 * @param parameters values that its arguments give to the workflow's parameters, as {@code argo submit -p} does
 * @param eventValues the texts in the workflow and in the parameters that stand for values which come with an event
 */
public record SensorTrigger(
        Document sensor,
        String namespace,
        String name,
        Operation operation,
        boolean isAwaited,
        Map<String, String> parameters,
        Set<String> eventValues) {

    /** The operations that make a workflow. */
    public enum Operation {
        /** {@code argo submit FILE}. */
        SUBMIT,
        /** {@code argo submit --from KIND/NAME}. */
        SUBMIT_FROM,
        /** A request to the API server, for any object. */
        CREATE
    }

    public SensorTrigger {
        parameters = Map.copyOf(parameters);
        eventValues = Set.copyOf(eventValues);
    }

    /** Returns whether the document is in the trigger, and no object of the cluster that the trigger starts. */
    public boolean makes(Document document) {
        return operation != Operation.SUBMIT_FROM || !document.kind().equals(Resource.CRON_WORKFLOWS.kind());
    }

    /** The identity with which Argo Events acts: the ServiceAccount of the Sensor's pod. */
    public Identity account() {
        String account = Objects.text(sensor.root(), "spec", "template", "serviceAccountName");
        return Identity.ofServiceAccount(namespace, account.isEmpty() ? "default" : account);
    }

    /** The trigger in words, {@code trigger build of Sensor webhook}. */
    @Override
    public String toString() {
        return described(name, sensor);
    }

    static String described(String name, Document sensor) {
        return "trigger " + name + " of Sensor " + sensor.nameOrPrefix();
    }
}
