package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The workflows that the triggers of Sensors of Argo Events create. */
public final class Sensors {

    private final List<Document> documents = new ArrayList<>();
    private final Map<Document, List<SensorTrigger>> triggers = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Unavailable> unread = new LinkedHashSet<>();

    private Sensors() {}

    /**
     * Reads the triggers of each Sensor among the documents.
     *
     * @param documents the documents of the files to check
     * @param namespace the namespace of documents without a namespace
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException if the thread is interrupted
     */
    public static Sensors of(List<Document> documents, String namespace, ClusterReader cluster, int concurrency) {
        Sensors sensors = new Sensors();
        TriggerObjects objects = new TriggerObjects(documents, namespace, cluster);
        List<Document> sensorDocuments =
                documents.stream().filter(Sensors::isSensor).toList();
        objects.prefetch(sensorDocuments, concurrency);
        sensorDocuments.forEach(sensor -> {
            int index = 0;
            for (JsonNode trigger : sensor.root().path("spec").path("triggers")) {
                sensors.read(sensor, FieldPath.element("spec.triggers", index++), trigger, objects);
            }
        });
        return sensors;
    }

    /** Returns the result for files without a Sensor. */
    public static Sensors none() {
        return new Sensors();
    }

    public static boolean isSensor(Document document) {
        return document.kind().equals("Sensor") && document.apiVersion().startsWith("argoproj.io/");
    }

    private void read(Document sensor, String path, JsonNode trigger, TriggerObjects objects) {
        Budget.current().checkAborted();
        new TriggerReader(sensor, path, trigger, objects, this).read();
        if (trigger.path("dlqTrigger").isObject()) {
            read(sensor, path + ".dlqTrigger", trigger.path("dlqTrigger"), objects);
        }
    }

    /**
     * Adds a workflow that a trigger creates, or an object that a trigger starts.
     *
     * @param isInFiles whether the document is in the files to check
     */
    void add(Document document, boolean isInFiles, SensorTrigger trigger) {
        List<SensorTrigger> ofDocument = triggers.computeIfAbsent(document, key -> new ArrayList<>());
        if (!isInFiles && ofDocument.isEmpty()) {
            documents.add(document);
        }
        ofDocument.add(trigger);
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    void add(Unavailable unavailable) {
        unread.add(unavailable);
    }

    /** Returns the workflows that triggers create, and the objects of the cluster that they start. */
    public List<Document> documents() {
        return documents;
    }

    /** Returns the triggers that create or start a document. */
    public List<SensorTrigger> of(Document document) {
        return triggers.getOrDefault(document, List.of());
    }

    /**
     * Returns the problems of triggers that create no workflow, because Argo Events refuses them or an object to which
     * they refer is missing.
     */
    public List<Problem> problems() {
        return problems;
    }

    /** Returns the workflows that could not be read. */
    public Set<Unavailable> unseen() {
        return unread;
    }

    /** Returns whether no trigger creates a workflow. */
    public boolean isEmpty() {
        return triggers.isEmpty() && problems.isEmpty() && unread.isEmpty();
    }
}
