package io.jenkins.plugins.argopreflight.engine.collect.sensor;

import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.collect.object.GivenObjects;
import io.jenkins.plugins.argopreflight.engine.collect.object.KnownObjects;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The objects that triggers refer to: from the given files first, then from the cluster. */
final class TriggerObjects {

    private final String defaultNamespace;
    private final GivenObjects given;
    private final KnownObjects known;
    private final ClusterReader cluster;

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

    Optional<Document> givenCronWorkflow(String namespace, String name) {
        return given.find(Resource.CRON_WORKFLOWS, namespace, name);
    }

    Fact<Optional<Document>> cronWorkflow(String namespace, String name) {
        return cluster.get(Resource.CRON_WORKFLOWS, namespace, name);
    }
}
