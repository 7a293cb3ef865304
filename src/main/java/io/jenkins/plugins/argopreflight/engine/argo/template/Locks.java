package io.jenkins.plugins.argopreflight.engine.argo.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.FixTarget;
import io.jenkins.plugins.argopreflight.engine.argo.model.Problem;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A check for locks of a workflow and its templates that the controller cannot provide: locks in a database that the
 * controller does not have, or semaphores without a limit in a ConfigMap. Sources: argo-workflows
 * workflow/sync/sync_manager.go, workflow/controller/controller.go (createSynchronizationManager).
 */
public final class Locks {

    private static final String FAILED = "Failed to acquire the synchronization lock. ";

    private static final List<String> KINDS = List.of("mutex", "semaphore", "mutexes", "semaphores");

    private final Simulation run;

    /**
     * A lock that a spec or template requests.
     *
     * @param kind the field that lists the lock
     */
    private record RequestedLock(String kind, JsonNode lock) {}

    Locks(Simulation run) {
        this.run = run;
    }

    /**
     * Returns whether the controller can provide the locks of a spec or template, and reports a problem if not.
     *
     * @param holder the spec or template with the field {@code synchronization}
     * @param field the same call with the location of the field {@code synchronization}
     */
    public boolean isAvailable(JsonNode holder, TemplateCall call, TemplateCall field) {
        for (RequestedLock requested : requestedLocks(holder)) {
            if (!isValid(requested, field) || !hasDatabaseFor(requested.lock(), call)) {
                return false;
            }
            if (requested.kind().startsWith("semaphore")) {
                checkLimit(requested.lock(), call);
            }
        }
        return true;
    }

    private static List<RequestedLock> requestedLocks(JsonNode holder) {
        JsonNode locks = holder.path("synchronization");
        List<RequestedLock> requested = new ArrayList<>();
        for (String kind : KINDS) {
            JsonNode oneOrMore = locks.path(kind);
            (oneOrMore.isObject() ? Json.list().add(oneOrMore) : oneOrMore)
                    .forEach(lock -> requested.add(new RequestedLock(kind, lock)));
        }
        return requested;
    }

    /**
     * Returns whether the lock is valid, and reports a problem if not. Source: argo-workflows
     * workflow/sync/lock_name.go.
     */
    private boolean isValid(RequestedLock requested, TemplateCall field) {
        boolean hasConfigMap = Json.isSet(requested.lock(), "configMapKeyRef");
        boolean hasDatabase = Json.isSet(requested.lock(), "database");
        String error = "";
        if (requested.kind().startsWith("semaphore") && hasConfigMap == hasDatabase) {
            error = hasConfigMap
                    ? "invalid semaphore with both ConfigMapKeyRef and Database"
                    : "cannot get LockName for a Semaphore without a ConfigMapRef or Database";
        } else if (requested.kind().startsWith("mutex")
                && Json.text(requested.lock(), "name").isEmpty()) {
            error = "Invalid lock key: ResourceName is missing; a mutex has a name";
        }
        if (!error.isEmpty()) {
            run.problem(Problem.Kind.REFUSED, field, FAILED + error);
        }
        return error.isEmpty();
    }

    /** Returns whether the controller has a database if the lock needs one, and reports a problem if not. */
    private boolean hasDatabaseFor(JsonNode lock, TemplateCall call) {
        boolean needsDatabase =
                lock.path("database").isObject() || lock.path("database").asBoolean();
        if (!needsDatabase || run.controller().setting("synchronization").isObject()) {
            return true;
        }
        return run.missingSetting(
                call,
                FAILED + "database session is not available: synchronization is not set in the controller's ConfigMap");
    }

    /** Reports a semaphore without a limit in a ConfigMap, or with a limit that is not positive. */
    private void checkLimit(JsonNode lock, TemplateCall call) {
        String map = Json.text(lock.path("configMapKeyRef"), "name");
        String key = Json.text(lock.path("configMapKeyRef"), "key");
        String ownNamespace = Json.text(lock, "namespace");
        String namespace = ownNamespace.isEmpty() ? run.request.namespace() : ownNamespace;
        if (map.isEmpty() || UnknownValues.areIn(map) || UnknownValues.areIn(key) || UnknownValues.areIn(namespace)) {
            return;
        }
        Fact<Optional<Document>> fact = run.request.objects().find("ConfigMap", namespace, map);
        if (fact.isUnknown()) {
            return;
        }
        Optional<Document> configMap = fact.ifKnown().get();
        if (configMap.isEmpty()) {
            refuse(
                    call,
                    "configmaps \"" + map + "\" not found in namespace " + namespace,
                    FixTarget.absentConfigMap(namespace, map, key));
            return;
        }
        JsonNode value = configMap.get().root().path("data").path(key);
        if (!value.isTextual()) {
            refuse(
                    call,
                    "Sync configuration key '" + key + "' not found in ConfigMap " + map + " of namespace " + namespace,
                    FixTarget.key(namespace, map, key, "1"));
        } else if (!Json.text(value).matches("[+-]?[0-9]{1,18}")) {
            refuse(
                    call,
                    "ConfigMap " + map + " of namespace " + namespace + " has \"" + Json.text(value) + "\" for " + key
                            + ", which is no number",
                    FixTarget.key(namespace, map, key, "1"));
        } else if (Long.parseLong(Json.text(value)) <= 0) {
            run.problem(
                    Problem.Kind.REFUSED,
                    call,
                    "ConfigMap " + map + " of namespace " + namespace + " limits the semaphore " + key + " to "
                            + Json.text(value) + ": the lock is never free",
                    FixTarget.key(namespace, map, key, "1"));
        }
    }

    private void refuse(TemplateCall call, String message, FixTarget target) {
        run.problem(Problem.Kind.REFUSED, call, FAILED + message, target);
    }
}
