package io.jenkins.plugins.argopreflight.offline.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.LevelVersion;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The admission of pods without an API server: {@link BuiltInAdmission} with the objects that a gateway reads. */
public final class LocalAdmission implements PodAdmission {

    private final Optional<LevelVersion> enforced;
    private final Optional<String> kubernetes;

    /**
     * Creates an admission with the rules of the cluster's version.
     *
     * @param enforced the Pod Security level to enforce instead of the labels of the namespace
     */
    public LocalAdmission(Optional<LevelVersion> enforced) {
        this(enforced, Optional.empty());
    }

    /**
     * Creates an admission.
     *
     * @param enforced the Pod Security level to enforce instead of the labels of the namespace
     * @param kubernetes the version whose rules apply, such as {@code v1.34.4}; empty for the cluster's
     */
    public LocalAdmission(Optional<LevelVersion> enforced, Optional<String> kubernetes) {
        this.enforced = enforced;
        this.kubernetes = kubernetes;
    }

    /**
     * Admits a pod, or refuses it.
     *
     * @throws ClusterException SERVER_ERROR with the reason if the pod cannot be checked
     */
    @Override
    public void admit(ObjectNode pod, ClusterGateway cluster) {
        String version = kubernetes.orElseGet(() -> version(cluster));
        AdmissionResult verdict = new BuiltInAdmission(new GatewayObjects(cluster), version, enforced)
                .judge(KubeObjects.namespace(pod), pod);
        Fact<Optional<PodRefusal>> refusal = verdict.refusal();
        refusal.ifUnknown().ifPresent(unknown -> {
            throw verdict.policy()
                    .map(policy -> ClusterException.notEvaluated(policy, unknown.reason()))
                    .orElseGet(() -> new ClusterException(Kind.SERVER_ERROR, unknown.reason()));
        });
        refusal.ifKnown().flatMap(known -> known).ifPresent(known -> {
            throw known.exception();
        });
    }

    private static String version(ClusterGateway cluster) {
        try {
            return cluster.version();
        } catch (ClusterException e) {
            return "";
        }
    }

    /** The objects that a gateway reads, as facts. */
    private record GatewayObjects(ClusterGateway cluster) implements AdmissionObjects {

        @Override
        public Fact<Optional<ObjectNode>> get(Resource resource, String namespace, String name) {
            return fact(Right.of("get", resource, namespace).named(name), () -> cluster.get(resource, namespace, name));
        }

        @Override
        public Fact<List<ObjectNode>> list(Resource resource, String namespace) {
            return fact(Right.of("list", resource, namespace), () -> cluster.list(resource, namespace, "", ""));
        }

        private static <T> Fact<T> fact(Right right, Supplier<T> read) {
            try {
                return Fact.known(read.get());
            } catch (ClusterException e) {
                if (e.kind() == Kind.INTERRUPTED) {
                    throw e;
                }
                return e.kind() == Kind.FORBIDDEN ? Fact.missing(right) : Fact.unknown(e.getMessage());
            }
        }
    }
}
