package io.jenkins.plugins.argopreflight.engine.facts.object;

import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.fact.Unavailable;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The objects of the cluster that the user selects by name, {@code KIND/NAME}, with the kinds that kubectl accepts,
 * including the short names of Argo's CustomResourceDefinitions.
 *
 * @param documents the objects as they are in the cluster
 * @param unseen the objects that could not be read
 */
public record NamedObjects(List<Document> documents, List<Unavailable> unseen) {

    private static final Map<Resource, List<String>> SHORT_NAMES = Map.of(
            Resource.WORKFLOWS, List.of("wf"),
            Resource.WORKFLOW_TEMPLATES, List.of("wftmpl"),
            Resource.CLUSTER_WORKFLOW_TEMPLATES, List.of("clusterwftmpl", "cwft"),
            Resource.CRON_WORKFLOWS, List.of("cwf", "cronwf"),
            Resource.PODS, List.of("po"));

    private record Name(Resource resource, String name) {}

    /**
     * Reads the objects.
     *
     * @throws IllegalArgumentException if a name is invalid, or the cluster has no such object
     */
    public static NamedObjects read(List<String> names, String namespace, ClusterReader reader, int concurrency) {
        List<Name> parsed =
                names.stream().distinct().map(NamedObjects::parse).distinct().toList();
        Map<Name, Fact<Optional<Document>>> facts = new ConcurrentHashMap<>();
        Parallel.forEach(parsed, concurrency, name -> facts.put(name, get(name, namespace, reader)));
        List<Unavailable> unavailable = parsed.stream()
                .flatMap(name -> unavailable(name, Objects.requireNonNull(facts.get(name))).stream())
                .toList();
        List<Document> documents = parsed.stream()
                .flatMap(name -> Objects.requireNonNull(facts.get(name)).ifKnown().stream()
                        .map(object -> object.orElseThrow(() -> absenceError(name, namespace))))
                .toList();
        return new NamedObjects(documents, unavailable);
    }

    private static Fact<Optional<Document>> get(Name name, String namespace, ClusterReader reader) {
        return reader.get(name.resource(), name.resource().namespaced() ? namespace : "", name.name());
    }

    private static Name parse(String argument) {
        String[] parts = argument.split("/", 2);
        if (parts.length < 2 || parts[1].isBlank() || parts[1].contains("/")) {
            throw new IllegalArgumentException("\"" + argument + "\" is no name of an object: write KIND/NAME, such as"
                    + " workflow/build or pod/build-1 (files go with -f)");
        }
        String kind = parts[0].toLowerCase(Locale.ROOT);
        return SHORT_NAMES.keySet().stream()
                .filter(resource -> isNameOf(resource, kind))
                .findFirst()
                .map(resource -> new Name(resource, parts[1]))
                .orElseThrow(() -> new IllegalArgumentException("\"" + argument + "\": kind \"" + parts[0]
                        + "\" cannot be checked; kinds that can: workflow, workflowtemplate, clusterworkflowtemplate,"
                        + " cronworkflow, pod"));
    }

    private static boolean isNameOf(Resource resource, String kind) {
        return kind.equals(resource.kind().toLowerCase(Locale.ROOT))
                || kind.equals(resource.plural())
                || !resource.group().isEmpty()
                        && (kind.equals(resource.plural() + "." + resource.group())
                                || kind.equals(resource.plural() + "." + resource.version() + "." + resource.group()))
                || SHORT_NAMES.getOrDefault(resource, List.of()).contains(kind);
    }

    private static Optional<Unavailable> unavailable(Name name, Fact<Optional<Document>> fact) {
        return fact.ifUnknown()
                .map(unknown -> Unavailable.requested(
                        name.resource().kind() + " \"" + name.name() + "\", which was requested",
                        unknown.reason(),
                        unknown.missingRight()));
    }

    private static IllegalArgumentException absenceError(Name name, String namespace) {
        Resource resource = name.resource();
        return new IllegalArgumentException(
                resource.plural() + (resource.group().isEmpty() ? "" : "." + resource.group()) + " \"" + name.name()
                        + "\" not found" + (resource.namespaced() ? " in namespace " + namespace : ""));
    }
}
