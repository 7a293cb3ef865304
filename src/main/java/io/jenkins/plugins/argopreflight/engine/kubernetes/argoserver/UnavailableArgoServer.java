package io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** A replacement for an Argo Server that is configured and cannot be used: every request fails with the reason. */
public record UnavailableArgoServer(String reason) implements ArgoServer {

    @Override
    public String server() {
        return "";
    }

    @Override
    public String version() {
        throw unavailable();
    }

    @Override
    public String user() {
        throw unavailable();
    }

    @Override
    public Optional<ObjectNode> workflow(String namespace, String name, String uid) {
        throw unavailable();
    }

    @Override
    public List<ObjectNode> archived(String namespace, String labels, int maxCount) {
        throw unavailable();
    }

    @Override
    public void artifact(Output output, OutputStream into, long limit) {
        throw unavailable();
    }

    @Override
    public List<String> log(Output output, int lines) {
        throw unavailable();
    }

    private ClusterException unavailable() {
        return new ClusterException(ClusterException.Kind.NOT_ALLOWED, reason);
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
