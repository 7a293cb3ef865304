package io.jenkins.plugins.argopreflight.engine.workflow.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FixTarget;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unknowns;
import java.util.Optional;

/**
 * Locks in a database that the controller does not have, and semaphores whose limit no ConfigMap shows; sources:
 * argo-workflows workflow/sync/sync_manager.go, workflow/controller/controller.go (createSynchronizationManager).
 */
public final class Locks {

    private static final String FAILED = "Failed to acquire the synchronization lock. ";

    private final WalkState run;
    private final TemplateCall call;

    private Locks(WalkState run, TemplateCall call) {
        this.run = run;
        this.call = call;
    }

    /** Whether the locks of a spec or template can be taken at all; shows a problem when not. */
    public static boolean available(WalkState run, JsonNode holder, TemplateCall call) {
        JsonNode locks = holder.path("synchronization");
        if (!locks.isObject()) {
            return true;
        }
        Locks of = new Locks(run, call);
        for (String field : new String[] {"mutex", "semaphore", "mutexes", "semaphores"}) {
            JsonNode all = locks.path(field).isObject() ? Json.list().add(locks.path(field)) : locks.path(field);
            for (JsonNode lock : all) {
                if (!of.hasDatabase(lock)) {
                    return false;
                }
                of.limit(lock);
            }
        }
        return true;
    }

    private boolean hasDatabase(JsonNode lock) {
        boolean wanted =
                lock.path("database").isObject() || lock.path("database").asBoolean();
        if (!wanted || run.controller().setting("synchronization").isObject()) {
            return true;
        }
        return run.missingSetting(
                call,
                FAILED + "database session is not available: synchronization is not set in the controller's ConfigMap");
    }

    private void limit(JsonNode lock) {
        String map = Json.text(lock.path("configMapKeyRef"), "name");
        String key = Json.text(lock.path("configMapKeyRef"), "key");
        String given = Json.text(lock, "namespace");
        String namespace = given.isEmpty() ? run.request.namespace() : given;
        if (map.isEmpty() || isOpen(map) || isOpen(key) || isOpen(namespace)) {
            return;
        }
        Fact<Optional<Document>> fact = run.request.objects().find("ConfigMap", namespace, map);
        if (fact.isUnknown()) {
            return;
        }
        Optional<Document> found = fact.ifKnown().get();
        if (found.isEmpty()) {
            refuse(
                    "configmaps \"" + map + "\" not found in namespace " + namespace,
                    FixTarget.absentConfigMap(namespace, map, key, false));
            return;
        }
        JsonNode value = found.get().root().path("data").path(key);
        if (!value.isTextual()) {
            refuse(
                    "Sync configuration key '" + key + "' not found in ConfigMap " + map + " of namespace " + namespace,
                    FixTarget.key(namespace, map, key, "1"));
        } else if (!value.asText().matches("[+-]?[0-9]{1,18}")) {
            refuse(
                    "ConfigMap " + map + " of namespace " + namespace + " has \"" + value.asText() + "\" for " + key
                            + ", which is no number",
                    FixTarget.key(namespace, map, key, "1"));
        } else if (Long.parseLong(value.asText()) <= 0) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call,
                    "ConfigMap " + map + " of namespace " + namespace + " limits the semaphore " + key + " to "
                            + value.asText() + ": the lock is never free",
                    FixTarget.key(namespace, map, key, "1"));
        }
    }

    private static boolean isOpen(String text) {
        return text.contains("{{") || Unknowns.isUnknown(text);
    }

    private void refuse(String why, FixTarget target) {
        run.problem(Problem.Kind.REFUSED, call, FAILED + why, target);
    }
}
