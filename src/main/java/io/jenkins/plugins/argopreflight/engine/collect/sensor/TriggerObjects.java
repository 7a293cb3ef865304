package io.jenkins.plugins.argopreflight.engine.collect.sensor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.collect.object.GivenObjects;
import io.jenkins.plugins.argopreflight.engine.collect.object.KnownObjects;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.CompactJson;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The objects that triggers refer to: from the given files first, then from the cluster. */
final class TriggerObjects {

    private final String defaultNamespace;
    private final GivenObjects given;
    private final KnownObjects known;
    private final ClusterReader cluster;
    private final CompactJson compact = new CompactJson();
    private final Map<List<String>, Fact<Optional<Document>>> documents = new HashMap<>();

    TriggerObjects(List<Document> given, String defaultNamespace, ClusterReader cluster) {
        this.defaultNamespace = defaultNamespace;
        this.given = new GivenObjects(given, defaultNamespace);
        this.known = new KnownObjects(given, defaultNamespace, cluster);
        this.cluster = cluster;
    }

    /** Reads the ConfigMaps that Sensors name, side by side; triggers find them read. */
    void prefetch(List<Document> sensors, int concurrency) {
        Set<List<String>> names = sensors.stream()
                .flatMap(sensor -> sensor.root().path("spec").path("triggers").findValues("configmap").stream()
                        .map(map -> List.of(namespace(sensor), Objects.text(map, "name"))))
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

    /** Returns the document in a key of a ConfigMap; each is read once. */
    Fact<Optional<Document>> document(Document map, String key) {
        return documents.computeIfAbsent(
                List.of(namespace(map), map.name(), key),
                each -> first(
                        "ConfigMap " + map.name() + ", key " + key + ",",
                        map.root().path("data").path(key).asText(""),
                        map.locate(FieldPath.field("data", key))));
    }

    /**
     * Returns the first document of a text, which Argo Events takes.
     *
     * @param subject of the sentence for a text that is no YAML
     * @param location of the text
     */
    static Fact<Optional<Document>> first(String subject, String text, Location location) {
        int above = Math.max(0, text.contains("\n") ? location.line() : location.line() - 1);
        try {
            return Fact.known(new ManifestReader()
                    .read(location.file(), text).stream()
                            .findFirst()
                            .map(document -> document.below(location.file(), above)));
        } catch (ManifestException e) {
            int line = e.location().line() + above;
            return Fact.unknown(subject + " is no YAML: " + location.file() + ":" + line + ": " + e.why());
        }
    }

    /** Returns the object in little memory: equal parts of such objects are one. */
    ObjectNode compact(ObjectNode object) {
        return compact.of(object);
    }

    Optional<Document> givenCronWorkflow(String namespace, String name) {
        return given.find(Resource.CRON_WORKFLOWS, namespace, name);
    }

    Fact<Optional<Document>> cronWorkflow(String namespace, String name) {
        return cluster.get(Resource.CRON_WORKFLOWS, namespace, name);
    }
}
