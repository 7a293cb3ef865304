package io.jenkins.plugins.argopreflight.engine.workflow.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Condition;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unknowns;
import java.util.Optional;

/**
 * Whether a memoized template runs: not if its cache, a ConfigMap beside the controller, has an entry. Source:
 * argo-workflows workflow/controller/cache/configmap_cache.go.
 */
public final class MemoCache {

    private MemoCache() {}

    /** Whether Argo looks for the key at all, as far as it is known. */
    public static boolean isKey(String key) {
        return Unknowns.isUnknown(key) || key.contains("{{") || key.matches("[a-zA-Z0-9][-a-zA-Z0-9]*+");
    }

    /** What must hold for the template to run; empty where the cache is known to have no entry. */
    public static Optional<Condition> condition(WalkState run, JsonNode memoize) {
        String key = Json.text(memoize, "key");
        String name = Json.text(memoize.path("cache").path("configMap"), "name");
        return isKnownEmpty(run, name, key)
                ? Optional.empty()
                : Optional.of(new Condition(
                        Condition.Kind.CACHE, "memoized: no entry \"" + Unknowns.show(key) + "\" in the cache"));
    }

    private static boolean isKnownEmpty(WalkState run, String name, String key) {
        if (name.isEmpty() || Unknowns.isUnknown(name) || name.contains("{{")) {
            return false;
        }
        Fact<Optional<Document>> cache =
                run.request.objects().find("ConfigMap", run.controller().flags().namespace(), name);
        return cache.ifKnown()
                .filter(found -> found.isEmpty()
                        || !Unknowns.isUnknown(key)
                                && !found.get().root().path("data").has(key))
                .isPresent();
    }
}
