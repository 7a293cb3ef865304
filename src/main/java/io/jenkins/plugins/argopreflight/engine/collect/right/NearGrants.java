package io.jenkins.plugins.argopreflight.engine.collect.right;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.collect.object.ClusterView;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.kube.Right;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adds what shows how to fix a right that is missing: Roles and bindings of its namespace, and the ConfigMap that would
 * not have to be created if it is there. Nothing is read when no right is missing.
 */
public final class NearGrants implements ClusterView {

    private final ClusterView others;
    private final Map<String, Fact<List<ObjectNode>>> lists = new ConcurrentHashMap<>();
    private final Map<String, Fact<Optional<ObjectNode>>> objects = new ConcurrentHashMap<>();

    private NearGrants(ClusterView others) {
        this.others = others;
    }

    /** @param others answers for everything else */
    public static ClusterView of(
            List<NeededRight> permissions, ClusterReader reader, ClusterView others, int concurrency) {
        List<Right> missing = permissions.stream()
                .filter(permission -> !permission.answer().ifKnown().orElse(true))
                .map(NeededRight::right)
                .toList();
        NearGrants view = new NearGrants(others);
        Set<Runnable> questions = new LinkedHashSet<>();
        missing.stream()
                .map(Right::namespace)
                .filter(in -> !in.isEmpty())
                .distinct()
                .forEach(namespace -> {
                    for (Resource kind : List.of(Resource.ROLES, Resource.ROLE_BINDINGS)) {
                        questions.add(() ->
                                view.lists.put(kind.plural() + " " + namespace, map(reader.list(kind, namespace, ""))));
                    }
                });
        permissions.stream()
                .map(NeededRight::right)
                .filter(right ->
                        right.resource().equals("configmaps") && !right.name().isEmpty())
                .filter(right -> missing.stream().anyMatch(no -> isCreate(no, right)))
                .distinct()
                .forEach(right -> questions.add(() -> view.objects.put(
                        right.namespace() + "/" + right.name(),
                        object(reader.get(Resource.CONFIG_MAPS, right.namespace(), right.name())))));
        Parallel.forEach(questions, concurrency, Runnable::run);
        return view;
    }

    private static boolean isCreate(Right missing, Right right) {
        return missing.verb().equals("create")
                && missing.resource().equals(right.resource())
                && missing.namespace().equals(right.namespace());
    }

    private static Fact<List<ObjectNode>> map(Fact<List<Document>> fact) {
        return fact.map(found -> found.stream().map(Document::root).toList());
    }

    private static Fact<Optional<ObjectNode>> object(Fact<Optional<Document>> fact) {
        return fact.map(found -> found.map(Document::root));
    }

    @Override
    public Fact<Optional<ObjectNode>> get(Resource resource, String namespace, String name) {
        Fact<Optional<ObjectNode>> own =
                resource.equals(Resource.CONFIG_MAPS) ? objects.get(namespace + "/" + name) : null;
        return own == null ? others.get(resource, namespace, name) : own;
    }

    @Override
    public Fact<List<ObjectNode>> list(Resource resource, String namespace) {
        boolean rbac = resource.equals(Resource.ROLES) || resource.equals(Resource.ROLE_BINDINGS);
        Fact<List<ObjectNode>> own = rbac ? lists.get(resource.plural() + " " + namespace) : null;
        return own == null ? others.list(resource, namespace) : own;
    }
}
