package io.jenkins.plugins.argopreflight.engine.facts.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.BindingSubject;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The bindings of a list that grant rights to the accounts of a run, and their Roles. */
final class Grants {

    private static final Set<String> RBAC = Set.of(
            Resource.ROLES.kind(),
            Resource.CLUSTER_ROLES.kind(),
            Resource.ROLE_BINDINGS.kind(),
            Resource.CLUSTER_ROLE_BINDINGS.kind());

    /** The Role and the subjects of each binding, by the binding's key. */
    private final Map<String, Binding> bindings = new ConcurrentHashMap<>();

    private final Set<String> named = ConcurrentHashMap.newKeySet();
    private final Set<String> users = ConcurrentHashMap.newKeySet();

    /** The groups of the run's accounts. Those of all accounts count also before an account is known. */
    private final Set<String> groups = ConcurrentHashMap.newKeySet();

    private record Binding(String role, List<BindingSubject> subjects) {}

    Grants() {
        groups.addAll(Identity.GROUPS_OF_SERVICE_ACCOUNTS);
    }

    /** Adds a ServiceAccount of the run. */
    void addAccount(String namespace, String name) {
        Identity account = Identity.ofServiceAccount(namespace, name);
        users.add(account.user());
        groups.addAll(account.groups());
    }

    /** Adds an object that was read by its name. */
    void addNamed(Resource resource, ObjectNode object) {
        if (resource.equals(Resource.SERVICE_ACCOUNTS)) {
            addAccount(KubeObjects.namespace(object), KubeObjects.name(object));
        }
        named.add(key(resource.kind(), KubeObjects.namespace(object), KubeObjects.name(object)));
    }

    /** Adds an object of a list, if it is a binding. */
    void addListed(Resource resource, ObjectNode object) {
        if (resource.equals(Resource.ROLE_BINDINGS) || resource.equals(Resource.CLUSTER_ROLE_BINDINGS)) {
            String namespace = KubeObjects.namespace(object);
            List<BindingSubject> subjects = object.path("subjects")
                    .valueStream()
                    .map(subject -> BindingSubject.of(subject, namespace))
                    .toList();
            String kind = Json.text(object, "roleRef", "kind");
            bindings.put(
                    key(resource.kind(), namespace, KubeObjects.name(object)),
                    new Binding(
                            key(
                                    kind,
                                    kind.equals(Resource.ROLES.kind()) ? namespace : "",
                                    Json.text(object, "roleRef", "name")),
                            subjects));
        }
    }

    /**
     * Returns whether an object concerns the run. A Role or binding does so only if it was read by its name or grants
     * rights to the accounts of the run.
     */
    boolean concerns(RecordedObject object) {
        String key = object.key();
        return !RBAC.contains(object.kind())
                || !object.present()
                || named.contains(key)
                || bindings.containsKey(key) && isOurs(bindings.get(key))
                || bindings.values().stream().anyMatch(each -> each.role().equals(key) && isOurs(each));
    }

    private boolean isOurs(Binding binding) {
        return binding.subjects().stream().anyMatch(subject -> subject.appliesTo(users, groups));
    }

    private static String key(String kind, String namespace, String name) {
        return RecordedObject.absent(kind, namespace, name).key();
    }
}
