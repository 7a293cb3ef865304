package io.jenkins.plugins.argopreflight.engine.kubernetes.rbac;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Once;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Roles and bindings that our login can list, each list read once. If they grant a right, the answer is certain.
 * The answer can be "no" only if all lists could be read; even then, an authorizer other than RBAC can allow the right.
 */
final class RolesReader {

    private final ClusterGateway cluster;
    private final Map<String, Once<Optional<List<ObjectNode>>>> lists = new ConcurrentHashMap<>();

    RolesReader(ClusterGateway cluster) {
        this.cluster = cluster;
    }

    /**
     * Returns whether a user has a right; empty if the lists that could be read do not decide this.
     *
     * @throws ClusterException only when interrupted
     */
    Optional<Boolean> allows(Identity who, Right right) {
        QuestionLists question = new QuestionLists();
        if (new Rbac(question).allows(who, right)) {
            return Optional.of(true);
        }
        return question.isIncomplete ? Optional.empty() : Optional.of(false);
    }

    /** The lists that one question reads, and whether one of them could not be read. */
    private final class QuestionLists implements Rbac.Source {

        private boolean isIncomplete;

        @Override
        public Collection<ObjectNode> bindings(String namespace) {
            return list(namespace.isEmpty() ? Resource.CLUSTER_ROLE_BINDINGS : Resource.ROLE_BINDINGS, namespace);
        }

        @Override
        public Optional<ObjectNode> role(String namespace, String name) {
            return list(namespace.isEmpty() ? Resource.CLUSTER_ROLES : Resource.ROLES, namespace).stream()
                    .filter(role -> KubeObjects.name(role).equals(name))
                    .findFirst();
        }

        private List<ObjectNode> list(Resource resource, String namespace) {
            Optional<List<ObjectNode>> list = lists.computeIfAbsent(
                            resource.plural() + " " + namespace, key -> new Once<>(() -> read(resource, namespace)))
                    .get();
            isIncomplete |= list.isEmpty();
            return list.orElse(List.of());
        }
    }

    private Optional<List<ObjectNode>> read(Resource resource, String namespace) {
        try {
            return Optional.of(cluster.list(resource, namespace, "", ""));
        } catch (ClusterException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
