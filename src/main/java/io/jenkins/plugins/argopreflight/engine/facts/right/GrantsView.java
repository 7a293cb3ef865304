package io.jenkins.plugins.argopreflight.engine.facts.right;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterView;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A view that also has the objects that show how to fix a missing right: the Roles and bindings of the right's
 * namespace, and the ConfigMap that the fix for a missing right creates if it does not exist. Nothing is read if no
 * right is missing.
 */
public final class GrantsView implements ClusterView {

    private final ClusterView others;
    private final Map<String, Fact<List<ObjectNode>>> lists = new ConcurrentHashMap<>();
    private final Map<String, Fact<Optional<ObjectNode>>> objects = new ConcurrentHashMap<>();

    private GrantsView(ClusterView others) {
        this.others = others;
    }

    /**
     * Reads the objects for the missing rights.
     *
     * @param others the view for the other objects
     */
    public static ClusterView of(
            List<NeededRight> permissions, ClusterReader reader, ClusterView others, int concurrency) {
        List<Right> missing = permissions.stream()
                .filter(permission -> !permission.answer().ifKnown().orElse(true))
                .map(NeededRight::right)
                .toList();
        GrantsView view = new GrantsView(others);
        Set<Runnable> questions = new LinkedHashSet<>();
        missing.stream()
                .map(Right::namespace)
                .filter(namespace -> !namespace.isEmpty())
                .distinct()
                .forEach(namespace -> {
                    for (Resource kind : List.of(Resource.ROLES, Resource.ROLE_BINDINGS)) {
                        questions.add(() -> view.lists.put(
                                kind.plural() + " " + namespace, roots(reader.list(kind, namespace, ""))));
                    }
                });
        permissions.stream()
                .map(NeededRight::right)
                .filter(right ->
                        right.resource().equals("configmaps") && !right.name().isEmpty())
                .filter(right -> missing.stream().anyMatch(each -> isRightToCreate(each, right)))
                .distinct()
                .forEach(right -> questions.add(() -> view.objects.put(
                        right.namespace() + "/" + right.name(),
                        root(reader.get(Resource.CONFIG_MAPS, right.namespace(), right.name())))));
        Parallel.forEach(questions, concurrency, Runnable::run);
        return view;
    }

    private static boolean isRightToCreate(Right missing, Right right) {
        return missing.verb().equals("create")
                && missing.resource().equals(right.resource())
                && missing.namespace().equals(right.namespace());
    }

    private static Fact<List<ObjectNode>> roots(Fact<List<Document>> fact) {
        return fact.map(found -> found.stream().map(Document::root).toList());
    }

    private static Fact<Optional<ObjectNode>> root(Fact<Optional<Document>> fact) {
        return fact.map(found -> found.map(Document::root));
    }

    @Override
    public Fact<Optional<ObjectNode>> get(Resource resource, String namespace, String name) {
        Fact<Optional<ObjectNode>> extra =
                resource.equals(Resource.CONFIG_MAPS) ? objects.get(namespace + "/" + name) : null;
        return extra == null ? others.get(resource, namespace, name) : extra;
    }

    @Override
    public Fact<List<ObjectNode>> list(Resource resource, String namespace) {
        boolean rbac = resource.equals(Resource.ROLES) || resource.equals(Resource.ROLE_BINDINGS);
        Fact<List<ObjectNode>> extra = rbac ? lists.get(resource.plural() + " " + namespace) : null;
        return extra == null ? others.list(resource, namespace) : extra;
    }
}
