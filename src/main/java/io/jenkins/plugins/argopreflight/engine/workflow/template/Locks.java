package io.jenkins.plugins.argopreflight.engine.workflow.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestException;
import io.jenkins.plugins.argopreflight.engine.manifest.ManifestReader;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FixTarget;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Problem;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unknowns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Locks in a database that the controller does not have, semaphores whose limit no ConfigMap shows, and locks that a
 * template wants while the templates around it, or the workflow, hold them; sources: argo-workflows
 * workflow/sync/sync_manager.go, workflow/controller/controller.go (createSynchronizationManager).
 */
public final class Locks {

    private static final String FAILED = "Failed to acquire the synchronization lock. ";

    private static final List<String> KINDS = List.of("mutex", "semaphore", "mutexes", "semaphores");

    private final WalkState run;
    /** Who holds each lock, the outermost first. */
    private final Map<String, List<String>> held = new HashMap<>();

    /** How many can hold a lock that was taken. */
    private final Map<String, Long> limits = new HashMap<>();

    /** @param kind the field that lists it */
    private record Wanted(String kind, JsonNode lock) {}

    Locks(WalkState run) {
        this.run = run;
    }

    /** What was taken; closing gives it back. */
    public interface Taken extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes the locks of a spec or template.
     *
     * @param holder with its {@code synchronization}
     * @param field the same call, at the field {@code synchronization}
     * @param who holds them then, such as "the workflow"
     * @return empty when they cannot be taken at all; a problem says why
     */
    public Optional<Taken> take(JsonNode holder, TemplateCall call, TemplateCall field, String who) {
        List<String> taken = new ArrayList<>();
        Taken all = () -> taken.forEach(this::release);
        for (Wanted wanted : wanted(holder)) {
            if (!isValid(wanted, field) || !hasDatabase(wanted.lock(), call)) {
                all.close();
                return Optional.empty();
            }
            String name = name(wanted.lock());
            long limit = wanted.kind().startsWith("mutex")
                    ? 1
                    : limit(wanted.lock(), call).orElse(Long.MAX_VALUE);
            List<String> holders = held.computeIfAbsent(name, any -> new ArrayList<>());
            if (limit > 0 && holders.size() >= limit && !isOpen(name)) {
                run.problem(
                        Problem.Kind.LOCKED_OUT,
                        field,
                        who + " waits for lock " + name + ", which " + holders.get(0) + " around it holds");
            }
            limits.put(name, limit);
            holders.add(who);
            taken.add(name);
        }
        return Optional.of(all);
    }

    /**
     * Shows the locks that a workflow wants which a resource template creates and waits for, and that are held around it.
     *
     * @param template with its values
     */
    public void ofCreated(JsonNode template, TemplateCall call) {
        JsonNode resource = template.path("resource");
        boolean awaited = Json.isSet(resource, "successCondition") || Json.isSet(resource, "failureCondition");
        if (!awaited || held.isEmpty() || !Json.text(resource, "manifest").contains("Workflow")) {
            return;
        }
        try {
            for (Document object : new ManifestReader().read("manifest", Json.text(resource, "manifest"))) {
                boolean here =
                        object.namespace().isEmpty() || object.namespace().equals(run.request.namespace());
                if (here
                        && object.kind().equals("Workflow")
                        && object.apiVersion().startsWith("argoproj.io/")) {
                    String who = "the Workflow that template " + Json.text(template, "name") + " creates";
                    wantedAtOnce(object.root().path("spec"))
                            .forEach(name -> run.problem(
                                    Problem.Kind.LOCKED_OUT,
                                    call,
                                    who + " waits for lock " + name + ", which "
                                            + Objects.requireNonNull(held.get(name))
                                                    .get(0) + " around it holds"));
                }
            }
        } catch (ManifestException e) {
            // It is reported where the manifest is read.
        }
    }

    /** Those of the spec, and of the template it begins with, of which every place is taken. */
    private List<String> wantedAtOnce(JsonNode spec) {
        String reference = Json.text(spec.path("workflowTemplateRef"), "name");
        boolean cluster = spec.path("workflowTemplateRef").path("clusterScope").asBoolean();
        Optional<JsonNode> referenced = reference.isEmpty() || cluster || isOpen(reference)
                ? Optional.empty()
                : run.request
                        .objects()
                        .find("WorkflowTemplate", run.request.namespace(), reference)
                        .ifKnown()
                        .flatMap(found -> found)
                        .map(found -> found.root().path("spec"));
        List<String> wanted = new ArrayList<>();
        for (JsonNode each : referenced.isPresent() ? List.of(spec, referenced.get()) : List.of(spec)) {
            Json.find(each.path("templates"), Json.text(each, "entrypoint")).ifPresent(entry -> taken(entry, wanted));
            taken(each, wanted);
        }
        return wanted.stream().distinct().toList();
    }

    private void taken(JsonNode holder, List<String> names) {
        for (Wanted wanted : wanted(holder)) {
            String name = name(wanted.lock());
            int holders = held.getOrDefault(name, List.of()).size();
            if (holders > 0 && !isOpen(name) && holders >= limits.getOrDefault(name, Long.MAX_VALUE)) {
                names.add(name);
            }
        }
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

    /** As Argo names it in its messages. */
    private String name(JsonNode lock) {
        String given = Json.text(lock, "namespace");
        String namespace = given.isEmpty() ? run.request.namespace() : given;
        JsonNode map = lock.path("configMapKeyRef");
        String database = Json.text(lock.path("database"), "key");
        return namespace
                + (map.isObject()
                        ? "/ConfigMap/" + Json.text(map, "name") + "/" + Json.text(map, "key")
                        : database.isEmpty() ? "/Mutex/" + Json.text(lock, "name") : "/Database/" + database);
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

    /** How many can hold a semaphore; empty for a mutex, and where that is not known. */
    private Optional<Long> limit(JsonNode lock, TemplateCall call) {
        String map = Json.text(lock.path("configMapKeyRef"), "name");
        String key = Json.text(lock.path("configMapKeyRef"), "key");
        String given = Json.text(lock, "namespace");
        String namespace = given.isEmpty() ? run.request.namespace() : given;
        if (map.isEmpty() || isOpen(map) || isOpen(key) || isOpen(namespace)) {
            return Optional.empty();
        }
        Fact<Optional<Document>> fact = run.request.objects().find("ConfigMap", namespace, map);
        if (fact.isUnknown()) {
            return Optional.empty();
        }
        Optional<Document> found = fact.ifKnown().get();
        if (found.isEmpty()) {
            refuse(
                    call,
                    "configmaps \"" + map + "\" not found in namespace " + namespace,
                    FixTarget.absentConfigMap(namespace, map, key, false));
            return Optional.empty();
        }
        JsonNode value = found.get().root().path("data").path(key);
        if (!value.isTextual()) {
            refuse(
                    call,
                    "Sync configuration key '" + key + "' not found in ConfigMap " + map + " of namespace " + namespace,
                    FixTarget.key(namespace, map, key, "1"));
        } else if (!value.asText().matches("[+-]?[0-9]{1,18}")) {
            refuse(
                    call,
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
        } else {
            return Optional.of(Long.parseLong(value.asText()));
        }
        return Optional.empty();
    }

    private static boolean isOpen(String text) {
        return text.contains("{{") || Unknowns.isUnknown(text);
    }

    private void refuse(TemplateCall call, String why, FixTarget target) {
        run.problem(Problem.Kind.REFUSED, call, FAILED + why, target);
    }

    private void release(String name) {
        List<String> holders = Objects.requireNonNull(held.get(name));
        holders.remove(holders.size() - 1);
    }
}
