package io.jenkins.plugins.argopreflight.engine.workflow;

import com.fasterxml.jackson.databind.JsonNode;

/** Locks in a database that the controller does not have; source: argo-workflows workflow/sync/sync_manager.go. */
final class Locks {

    private Locks() {}

    /** Whether the locks of a spec or template can be taken at all; tells a problem when not. */
    static boolean available(Run run, JsonNode holder, Call call) {
        JsonNode locks = holder.path("synchronization");
        if (!locks.isObject() || run.controller().setting("synchronization").isObject()) {
            return true;
        }
        for (String field : new String[] {"mutex", "semaphore", "mutexes", "semaphores"}) {
            JsonNode all = locks.path(field).isObject() ? Json.list().add(locks.path(field)) : locks.path(field);
            for (JsonNode lock : all) {
                if (lock.path("database").isObject() || lock.path("database").asBoolean()) {
                    run.problem(
                            Problem.Kind.REFUSED,
                            call,
                            "Failed to acquire the synchronization lock. database"
                                    + " session is not available: synchronization is not set in the controller's ConfigMap");
                    return false;
                }
            }
        }
        return true;
    }
}
