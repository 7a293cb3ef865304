package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.DocumentField;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The artifact repository of a workflow; source: argo-workflows workflow/artifactrepositories/artifactrepositories.go.
 *
 * @param repository a MissingNode if there is none; an object without fields if the reference is wrong, or the
 *     repository is unknown
 */
public record ArtifactRepositories(JsonNode repository, Document document, String path) {

    /** The value in place of a repository if the reference is wrong. It is compared by identity. */
    private static final JsonNode NOT_THERE = Json.object();

    private static final String DEFAULT_KEY = "workflows.argoproj.io/default-artifact-repository";

    static ArtifactRepositories resolve(PodRequest request, MergedWorkflow mergedWorkflow, DistinctProblems problems) {
        JsonNode reference = mergedWorkflow.spec().path("artifactRepositoryRef");
        Controller controller = request.controller();
        List<String> namespaces = reference.isObject()
                ? List.of(request.namespace(), controller.flags().namespace())
                : List.of(request.namespace());
        String name = Json.text(reference, "configMap").isEmpty()
                ? "artifact-repositories"
                : Json.text(reference, "configMap");
        boolean isUnknown = false;
        String missingKey = "";
        for (String namespace : namespaces) {
            Fact<Optional<Document>> fact = request.objects().find("ConfigMap", namespace, name);
            Optional<Document> map = fact.ifKnown().flatMap(found -> found);
            if (map.isPresent()) {
                JsonNode root = map.get().root();
                String key = Json.text(reference, "key").isEmpty()
                        ? Json.text(root.path("metadata").path("annotations"), DEFAULT_KEY)
                        : Json.text(reference, "key");
                if (!root.path("data").has(key)) {
                    Set<String> keys = new TreeSet<>();
                    root.path("data").fieldNames().forEachRemaining(keys::add);
                    missingKey = " of namespace " + namespace + " has no key \"" + key + "\"; its keys: "
                            + (keys.isEmpty() ? "none" : String.join(", ", keys));
                } else {
                    JsonNode repository =
                            new ManifestReader().value(map.get().toString(), Json.text(root, "data", key));
                    return new ArtifactRepositories(repository, map.get(), "data." + key);
                }
            }
            if (reference.isObject() && fact.isUnknown()) {
                isUnknown = true;
                Fact.Unknown<?> unknown = fact.ifUnknown().get();
                problems.add(problemOfReference(
                                mergedWorkflow,
                                Problem.Kind.UNKNOWN_REFERENCE,
                                "ConfigMap \"" + name + "\" in namespace " + namespace + " could not be looked up: "
                                        + unknown.reason())
                        .because(Missing.Unread.of(unknown)));
            }
        }
        if (reference.isObject() && isUnknown) {
            return new ArtifactRepositories(Json.object(), controller.configMap(), "");
        }
        if (reference.isObject()) {
            problems.add(problemOfReference(
                    mergedWorkflow,
                    Problem.Kind.MISSING_REFERENCE,
                    "failed to find any artifact repository for artifact repository ref: ConfigMap \"" + name + "\""
                            + missingKey));
            return new ArtifactRepositories(NOT_THERE, controller.configMap(), "");
        }
        return new ArtifactRepositories(
                controller.setting("artifactRepository"),
                controller.configMap(),
                controller.path("artifactRepository"));
    }

    /** Returns whether the workflow refers to a repository that does not exist. Argo does not run it. */
    public boolean isMissing() {
        return repository == NOT_THERE;
    }

    private static Problem problemOfReference(MergedWorkflow mergedWorkflow, Problem.Kind kind, String message) {
        DocumentField field = mergedWorkflow.field("artifactRepositoryRef");
        return new Problem(kind, field.document(), field.path(), message);
    }
}
