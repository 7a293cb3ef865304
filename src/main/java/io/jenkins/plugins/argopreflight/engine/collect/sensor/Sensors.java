package io.jenkins.plugins.argopreflight.engine.collect.sensor;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The workflows that the triggers of given Sensors of Argo Events make. */
public final class Sensors {

    private final List<Document> documents = new ArrayList<>();
    private final Map<Document, List<SensorTrigger>> triggers = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Unavailable> unseen = new LinkedHashSet<>();

    private Sensors() {}

    /**
     * Reads the triggers of each Sensor among the documents.
     *
     * @param namespace of what does not say it
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException only when interrupted
     */
    public static Sensors of(List<Document> given, String namespace, ClusterReader cluster, int concurrency) {
        Sensors sensors = new Sensors();
        TriggerObjects objects = new TriggerObjects(given, namespace, cluster);
        List<Document> all = given.stream().filter(Sensors::isSensor).toList();
        objects.prefetch(all, concurrency);
        all.forEach(sensor -> {
            int index = 0;
            for (JsonNode trigger : sensor.root().path("spec").path("triggers")) {
                sensors.read(sensor, FieldPath.element("spec.triggers", index++), trigger, objects);
            }
        });
        return sensors;
    }

    /** The result for files without a Sensor. */
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

    /** Adds a workflow, or an object that a trigger starts. @param isGiven whether it is among the given documents */
    void add(Document document, boolean isGiven, SensorTrigger trigger) {
        List<SensorTrigger> known = triggers.computeIfAbsent(document, key -> new ArrayList<>());
        if (!isGiven && known.isEmpty()) {
            documents.add(document);
        }
        known.add(trigger);
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    void add(Unavailable unavailable) {
        unseen.add(unavailable);
    }

    /** The workflows, and objects of the cluster that triggers start. */
    public List<Document> documents() {
        return documents;
    }

    /** The triggers that make or start a document. */
    public List<SensorTrigger> of(Document document) {
        return triggers.getOrDefault(document, List.of());
    }

    /** The problems of triggers that make no workflow: Argo Events refuses them, or what they refer to is missing. */
    public List<Problem> problems() {
        return problems;
    }

    /** The workflows that could not be read. */
    public Set<Unavailable> unseen() {
        return unseen;
    }

    /** Returns whether no trigger makes a workflow. */
    public boolean isEmpty() {
        return triggers.isEmpty() && problems.isEmpty() && unseen.isEmpty();
    }
}
