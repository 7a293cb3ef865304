package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The reader of a cluster's objects as facts, with the reason if an object cannot be read. A cluster that does not
 * answer ends the diagnosis.
 */
public final class FactReader {

    private final ClusterGateway cluster;

    public FactReader(ClusterGateway cluster) {
        this.cluster = cluster;
    }

    public Fact<Optional<ObjectNode>> get(Resource resource, String namespace, String name) {
        return ask(right("get", resource, namespace).named(name), () -> cluster.get(resource, namespace, name));
    }

    /** Reads the last lines of a container's log. */
    public Fact<List<String>> log(String namespace, String pod, String container, int lines) {
        return ask(
                new Right("get", "", "pods", "log", namespace, ""),
                () -> cluster.log(namespace, pod, container, lines));
    }

    public Fact<List<ObjectNode>> list(Resource resource, String namespace, String labels) {
        return ask(right("list", resource, namespace), () -> cluster.list(resource, namespace, labels, ""));
    }

    static Right right(String verb, Resource resource, String namespace) {
        return Right.of(verb, resource, namespace);
    }

    /**
     * Sends a request and returns its result as a fact.
     *
     * @throws ClusterException if the cluster does not answer, or the thread is interrupted
     */
    public static <T> Fact<T> ask(Right right, Supplier<T> question) {
        try {
            return Fact.known(question.get());
        } catch (ClusterException e) {
            return switch (e.kind()) {
                case INTERRUPTED, UNREACHABLE, TLS, UNAUTHORIZED -> throw e;
                case FORBIDDEN -> Fact.missing(right);
                default -> Fact.unknown(e.getMessage());
            };
        }
    }
}
