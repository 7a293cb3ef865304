package io.jenkins.plugins.argopreflight.engine.lab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.object.PolicyRule;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The cluster in memory; each user's gateway acts as that user. */
public final class MemoryLab implements Lab {

    private final MemoryCluster cluster = new MemoryCluster("memory");
    private final AtomicInteger numbers = new AtomicInteger();

    public MemoryLab() {
        cluster.load("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: cluster-admin}
            rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: cluster-admin}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:masters"}]
            """);
    }

    @Override
    public String namespace(String prefix) {
        String name = prefix + "-" + numbers.incrementAndGet();
        cluster.load("{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}");
        return name;
    }

    @Override
    public ClusterGateway admin() {
        return new As("admin", "system:masters");
    }

    @Override
    public ClusterGateway user(Right... rights) {
        String user = "user-" + numbers.incrementAndGet();
        for (Right right : rights) {
            String name = user + "-" + numbers.incrementAndGet();
            boolean everywhere = right.namespace().isEmpty();
            String in = everywhere ? "" : ", namespace: " + right.namespace();
            String metadata = "metadata: {name: " + name + in + "}";
            String kind = everywhere ? "ClusterRole" : "Role";
            List<String> names = right.name().isEmpty() ? List.of() : List.of(right.name());
            PolicyRule rule =
                    new PolicyRule(List.of(right.verb()), List.of(right.group()), List.of(right.resource()), names);
            cluster.load("apiVersion: rbac.authorization.k8s.io/v1\nkind: " + kind + "\n" + metadata + "\nrules: ["
                    + rule.toJson() + "]");
            cluster.load("apiVersion: rbac.authorization.k8s.io/v1\nkind: " + kind + "Binding\n" + metadata
                    + "\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: " + kind + ", name: " + name + "}"
                    + "\nsubjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: " + user + "}]");
        }
        return new As(user, "system:authenticated");
    }

    @Override
    public void terminate(String namespace) {
        cluster.load(
                "{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}, status: {phase: Terminating}}");
    }

    @Override
    public long writes() {
        return cluster.requests().stream()
                .filter(request -> request.matches("(create|update|delete) .*"))
                .filter(request -> !request.contains("reviews") && !request.contains("dry run"))
                .count();
    }

    /** Takes the cluster for one request at a time, as its user. */
    private final class As implements ClusterGateway {

        private final String user;
        private final String group;

        As(String user, String group) {
            this.user = user;
            this.group = group;
        }

        private <T> T act(Supplier<T> request) {
            synchronized (cluster) {
                cluster.actAs(user, group);
                return request.get();
            }
        }

        @Override
        public String server() {
            return cluster.server();
        }

        @Override
        public String version() {
            return cluster.version();
        }

        @Override
        public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
            return act(() -> cluster.get(resource, namespace, name));
        }

        @Override
        public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
            return act(() -> cluster.list(resource, namespace, labelSelector, fieldSelector));
        }

        @Override
        public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
            return act(() -> cluster.create(resource, object, mode));
        }

        @Override
        public ObjectNode replace(Resource resource, ObjectNode object, WriteMode mode) {
            return act(() -> cluster.replace(resource, object, mode));
        }

        @Override
        public void delete(
                Resource resource, String namespace, String name, String uid, String resourceVersion, WriteMode mode) {
            act(() -> {
                cluster.delete(resource, namespace, name, uid, resourceVersion, mode);
                return null;
            });
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
