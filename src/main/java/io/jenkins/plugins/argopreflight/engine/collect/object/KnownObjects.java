package io.jenkins.plugins.argopreflight.engine.collect.object;

import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ClusterObjects;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a workflow refers to: from the given files first, then from the cluster. */
public final class KnownObjects implements ClusterObjects {

    private static final Map<String, Resource> KINDS = Stream.of(
                    Resource.WORKFLOW_TEMPLATES,
                    Resource.CLUSTER_WORKFLOW_TEMPLATES,
                    Resource.CONFIG_MAPS,
                    Resource.SERVICE_ACCOUNTS,
                    Resource.SECRETS)
            .collect(Collectors.toMap(Resource::kind, Function.identity()));

    private final GivenObjects given;
    private final ClusterReader cluster;
    private final Map<String, Unavailable> unseen = new TreeMap<>();

    /** @param defaultNamespace where given objects are that do not say it */
    public KnownObjects(List<Document> given, String defaultNamespace, ClusterReader cluster) {
        this.given = new GivenObjects(given, defaultNamespace);
        this.cluster = cluster;
    }

    /** What was asked for and could not be seen, but for what is a problem of the workflow that refers to it. */
    public synchronized List<Unavailable> unseen() {
        return List.copyOf(unseen.values());
    }

    @Override
    public Fact<Optional<Document>> find(String kind, String namespace, String name) {
        Resource resource = Objects.requireNonNull(KINDS.get(kind));
        Optional<Document> inFiles = given.find(resource, namespace, name);
        if (inFiles.isPresent()) {
            return Fact.known(inFiles);
        }
        Fact<Optional<Document>> fact = cluster.get(resource, resource.namespaced() ? namespace : "", name);
        return fact.fold(known -> fact, unknown -> {
            what(kind, namespace, name).ifPresent(what -> note(what, unknown));
            return given.named(resource, name).stream()
                    .findFirst()
                    .<Fact<Optional<Document>>>map(near -> new Fact.Unknown<>(
                            unknown.reason() + "; the one at " + near.locate("") + " is in namespace "
                                    + given.namespace(near) + ", not " + namespace,
                            unknown.missingRight()))
                    .orElse(fact);
        });
    }

    private synchronized void note(String what, Fact.Unknown<?> why) {
        unseen.put(what, new Unavailable(what, why.reason(), why.missingRight(), false));
    }

    private static Optional<String> what(String kind, String namespace, String name) {
        String where = " in namespace " + namespace;
        return switch (kind) {
            case "ServiceAccount" ->
                Optional.of("ServiceAccount \"" + name + "\"" + where + " (its imagePullSecrets and token)");
            case "Secret" -> Optional.of("whether there is a Secret \"" + name + "\"" + where);
            case "ConfigMap" ->
                name.equals("artifact-repositories")
                        ? Optional.of("ConfigMap \"" + name + "\"" + where + " (a default artifact repository)")
                        : Optional.empty();
            default -> Optional.empty();
        };
    }
}
