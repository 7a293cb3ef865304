package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.expression.UnknownMarks;
import io.jenkins.plugins.argopreflight.engine.argo.model.Condition;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.Optional;

/**
 * The cache of memoized templates, a ConfigMap in the namespace of the controller. A template does not run if its cache
 * has an entry. Source: argo-workflows workflow/controller/cache/configmap_cache.go.
 */
public final class MemoCache {

    private static final String LABEL = "workflows.argoproj.io/configmap-type";
    private static final String CACHE = "Cache";

    private MemoCache() {}

    /**
     * Returns whether Argo can use the cache, as far as it is known, and reports a problem if not: the node ends in
     * Error.
     */
    public static boolean isUsable(Simulation run, TemplateHolder.Found template, JsonNode memoize, TemplateCall call) {
        String key = Json.text(memoize, "key");
        if (!isKey(key)) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call.withLocation(template.document(), template.path() + ".memoize.key"),
                    "invalid cache key: " + key + "; it has letters, digits and dashes only");
            return false;
        }
        Optional<String> unlabelled = cache(run, memoize)
                .flatMap(Fact::ifKnown)
                .flatMap(found -> found)
                .map(Document::root)
                .filter(found -> !CACHE.equals(Json.text(found.path("metadata").path("labels"), LABEL)))
                .map(found -> Json.text(found.path("metadata"), "name"));
        unlabelled.ifPresent(name -> run.problem(
                Problem.Kind.REFUSED,
                call.withLocation(template.document(), template.path() + ".memoize.cache"),
                "ConfigMap " + name + " has no label " + LABEL + ": " + CACHE + ", and Argo refuses to use it for"
                        + " memoization (namespace " + run.controller().flags().namespace() + ")"));
        return unlabelled.isEmpty();
    }

    /** Returns whether a text can be a key; true for a key with a variable or an unknown value. */
    private static boolean isKey(String key) {
        return UnknownValues.areIn(key) || key.matches("[a-zA-Z0-9][-a-zA-Z0-9]*+");
    }

    /** Returns the condition under which the template runs; empty if the cache certainly has no entry. */
    public static Optional<Condition> condition(Simulation run, JsonNode memoize) {
        String key = Json.text(memoize, "key");
        return cache(run, memoize)
                        .flatMap(Fact::ifKnown)
                        .filter(found -> found.isEmpty()
                                || !UnknownMarks.isIn(key)
                                        && !found.get().root().path("data").has(key))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(new Condition(
                        Condition.Kind.CACHE, "memoized: no entry \"" + UnknownValues.show(key) + "\" in the cache"));
    }

    /** Returns the ConfigMap of the cache; empty if its name is not known. */
    private static Optional<Fact<Optional<Document>>> cache(Simulation run, JsonNode memoize) {
        String name = Json.text(memoize.path("cache").path("configMap"), "name");
        return name.isEmpty() || UnknownValues.areIn(name)
                ? Optional.empty()
                : Optional.of(run.request
                        .objects()
                        .find("ConfigMap", run.controller().flags().namespace(), name));
    }
}
