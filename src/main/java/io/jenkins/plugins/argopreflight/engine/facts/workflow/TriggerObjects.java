package io.jenkins.plugins.argopreflight.engine.facts.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.object.FileObjects;
import io.jenkins.plugins.argopreflight.engine.facts.object.KnownObjects;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.CompactJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The objects that triggers refer to: those of the files to check, then those of the cluster. */
final class TriggerObjects {

    private final String defaultNamespace;
    private final FileObjects files;
    private final KnownObjects known;
    private final ClusterReader cluster;
    private final CompactJson compact = new CompactJson();
    private final Map<List<String>, Fact<Optional<Document>>> documents = new HashMap<>();

    TriggerObjects(List<Document> documents, String defaultNamespace, ClusterReader cluster) {
        this.defaultNamespace = defaultNamespace;
        this.files = new FileObjects(documents, defaultNamespace);
        this.known = new KnownObjects(documents, defaultNamespace, cluster);
        this.cluster = cluster;
    }

    /** Reads the ConfigMaps to which Sensors refer in parallel, before the triggers need them. */
    void prefetch(List<Document> sensors, int concurrency) {
        Set<List<String>> names = sensors.stream()
                .flatMap(sensor -> sensor.root().path("spec").path("triggers").findValues("configmap").stream()
                        .map(map -> List.of(namespace(sensor), Json.text(map, "name"))))
                .filter(name -> !name.get(1).isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Parallel.forEach(names, concurrency, name -> configMap(name.get(0), name.get(1)));
    }

    String namespace(Document document) {
        return document.namespace().isEmpty() ? defaultNamespace : document.namespace();
    }

    Fact<Optional<Document>> configMap(String namespace, String name) {
        return known.find(Resource.CONFIG_MAPS.kind(), namespace, name);
    }

    /** Returns the document in a key of a ConfigMap. It is parsed once. */
    Fact<Optional<Document>> document(Document map, String key) {
        return documents.computeIfAbsent(
                List.of(namespace(map), map.name(), key),
                each -> firstDocument(
                        "ConfigMap " + map.name() + ", key " + key + ",",
                        Json.text(map.root(), "data", key),
                        map.locate(FieldPath.field("data", key))));
    }

    /**
     * Returns the first document of a text; Argo Events ignores the others.
     *
     * @param subject the subject of the sentence for a text that is not YAML
     * @param location the location of the text
     */
    static Fact<Optional<Document>> firstDocument(String subject, String text, Location location) {
        int linesAbove = Math.max(0, text.contains("\n") ? location.line() : location.line() - 1);
        try {
            return Fact.known(new ManifestReader()
                    .read(location.file(), text).stream()
                            .findFirst()
                            .map(document -> document.inFile(location.file(), linesAbove)));
        } catch (ManifestException e) {
            int line = e.location().line() + linesAbove;
            return Fact.unknown(subject + " is no YAML: " + location.file() + ":" + line + ": " + e.why());
        }
    }

    /** Returns the object with equal parts shared, to save memory. */
    ObjectNode compact(ObjectNode object) {
        return compact.of(object);
    }

    /** Returns a CronWorkflow from the files to check; empty if they do not contain it. */
    Optional<Document> givenCronWorkflow(String namespace, String name) {
        return files.find(Resource.CRON_WORKFLOWS, namespace, name);
    }

    Fact<Optional<Document>> cronWorkflow(String namespace, String name) {
        return cluster.get(Resource.CRON_WORKFLOWS, namespace, name);
    }
}
