package io.jenkins.plugins.argopreflight.engine.workflow.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FixTarget;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unknowns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The locks of a workflow and its templates that the controller cannot provide: in a database that it does not have, or
 * of a semaphore whose limit no ConfigMap shows. Sources: argo-workflows workflow/sync/sync_manager.go,
 * workflow/controller/controller.go (createSynchronizationManager).
 */
public final class Locks {

    private static final String FAILED = "Failed to acquire the synchronization lock. ";

    private static final List<String> KINDS = List.of("mutex", "semaphore", "mutexes", "semaphores");

    private final WalkState run;

    /** @param kind the field that lists it */
    private record Wanted(String kind, JsonNode lock) {}

    Locks(WalkState run) {
        this.run = run;
    }

    /**
     * Returns whether the controller can provide the locks of a spec or template; a problem says why not.
     *
     * @param holder with its {@code synchronization}
     * @param field the same call, at the field {@code synchronization}
     */
    public boolean isAvailable(JsonNode holder, TemplateCall call, TemplateCall field) {
        for (Wanted wanted : wanted(holder)) {
            if (!isValid(wanted, field) || !hasDatabase(wanted.lock(), call)) {
                return false;
            }
            if (wanted.kind().startsWith("semaphore")) {
                checkLimit(wanted.lock(), call);
            }
        }
        return true;
    }

    private static List<Wanted> wanted(JsonNode holder) {
        JsonNode locks = holder.path("synchronization");
        List<Wanted> wanted = new ArrayList<>();
        for (String kind : KINDS) {
            JsonNode given = locks.path(kind);
            (given.isObject() ? Json.list().add(given) : given).forEach(lock -> wanted.add(new Wanted(kind, lock)));
        }
        return wanted;
    }

    /** Source: argo-workflows workflow/sync/lock_name.go. */
    private boolean isValid(Wanted wanted, TemplateCall field) {
        boolean map = Json.isSet(wanted.lock(), "configMapKeyRef");
        boolean database = Json.isSet(wanted.lock(), "database");
        String wrong = "";
        if (wanted.kind().startsWith("semaphore") && map == database) {
            wrong = map
                    ? "invalid semaphore with both ConfigMapKeyRef and Database"
                    : "cannot get LockName for a Semaphore without a ConfigMapRef or Database";
        } else if (wanted.kind().startsWith("mutex")
                && Json.text(wanted.lock(), "name").isEmpty()) {
            wrong = "Invalid lock key: ResourceName is missing; a mutex has a name";
        }
        if (!wrong.isEmpty()) {
            run.problem(Problem.Kind.REFUSED, field, FAILED + wrong);
        }
        return wrong.isEmpty();
    }

    private boolean hasDatabase(JsonNode lock, TemplateCall call) {
        boolean wanted =
                lock.path("database").isObject() || lock.path("database").asBoolean();
        if (!wanted || run.controller().setting("synchronization").isObject()) {
            return true;
        }
        return run.missingSetting(
                call,
                FAILED + "database session is not available: synchronization is not set in the controller's ConfigMap");
    }

    /** Reports a semaphore whose limit no ConfigMap shows, or is not positive. */
    private void checkLimit(JsonNode lock, TemplateCall call) {
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
                    call,
                    "configmaps \"" + map + "\" not found in namespace " + namespace,
                    FixTarget.absentConfigMap(namespace, map, key, false));
            return;
        }
        JsonNode value = found.get().root().path("data").path(key);
        if (!value.isTextual()) {
            refuse(
                    call,
                    "Sync configuration key '" + key + "' not found in ConfigMap " + map + " of namespace " + namespace,
                    FixTarget.key(namespace, map, key, "1"));
        } else if (!value.asText("").matches("[+-]?[0-9]{1,18}")) {
            refuse(
                    call,
                    "ConfigMap " + map + " of namespace " + namespace + " has \"" + value.asText("") + "\" for " + key
                            + ", which is no number",
                    FixTarget.key(namespace, map, key, "1"));
        } else if (Long.parseLong(value.asText("")) <= 0) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call,
                    "ConfigMap " + map + " of namespace " + namespace + " limits the semaphore " + key + " to "
                            + value.asText("") + ": the lock is never free",
                    FixTarget.key(namespace, map, key, "1"));
        }
    }

    private static boolean isOpen(String text) {
        return text.contains("{{") || Unknowns.isUnknown(text);
    }

    private void refuse(TemplateCall call, String why, FixTarget target) {
        run.problem(Problem.Kind.REFUSED, call, FAILED + why, target);
    }
}
