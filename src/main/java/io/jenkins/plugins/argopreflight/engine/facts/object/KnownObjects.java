package io.jenkins.plugins.argopreflight.engine.facts.object;

import io.jenkins.plugins.argopreflight.engine.argo.model.ClusterObjects;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The objects that workflows refer to: those of the files to check, then those of the cluster. */
public final class KnownObjects implements ClusterObjects {

    private static final Map<String, Resource> KINDS = Stream.of(
                    Resource.WORKFLOW_TEMPLATES,
                    Resource.CLUSTER_WORKFLOW_TEMPLATES,
                    Resource.CONFIG_MAPS,
                    Resource.SERVICE_ACCOUNTS,
                    Resource.SECRETS)
            .collect(Collectors.toMap(Resource::kind, Function.identity()));

    private final FileObjects files;
    private final ClusterReader cluster;
    private final Map<String, Unavailable> unavailable = new TreeMap<>();

    /**
     * Creates the objects of files and a cluster.
     *
     * @param files the documents of the files to check
     * @param defaultNamespace the namespace of documents without a namespace
     */
    public KnownObjects(List<Document> files, String defaultNamespace, ClusterReader cluster) {
        this.files = new FileObjects(files, defaultNamespace);
        this.cluster = cluster;
    }

    /**
     * Returns the objects that could not be read, except objects that are reported as a problem of the workflow that
     * refers to them.
     */
    public synchronized List<Unavailable> unseen() {
        return List.copyOf(unavailable.values());
    }

    @Override
    public Fact<Optional<Document>> find(String kind, String namespace, String name) {
        Resource resource = Objects.requireNonNull(KINDS.get(kind));
        Optional<Document> inFiles = files.find(resource, namespace, name);
        if (inFiles.isPresent()) {
            return Fact.known(inFiles);
        }
        Fact<Optional<Document>> fact = cluster.get(resource, resource.namespaced() ? namespace : "", name);
        return fact.fold(known -> fact, unknown -> {
            description(kind, namespace, name).ifPresent(object -> add(object, unknown));
            return files.findByName(resource, name).stream()
                    .findFirst()
                    .<Fact<Optional<Document>>>map(sameName -> new Fact.Unknown<>(
                            unknown.reason() + "; the one at " + sameName.locate("") + " is in namespace "
                                    + files.namespace(sameName) + ", not " + namespace,
                            unknown.missingRight()))
                    .orElse(fact);
        });
    }

    private synchronized void add(String object, Fact.Unknown<?> unknown) {
        unavailable.put(object, Unavailable.optional(object, unknown.reason(), unknown.missingRight()));
    }

    /**
     * Returns the text for the list of unread objects; empty for objects that are reported as a problem of the
     * workflow.
     */
    private static Optional<String> description(String kind, String namespace, String name) {
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
