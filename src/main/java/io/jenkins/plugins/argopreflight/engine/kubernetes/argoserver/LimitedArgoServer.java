package io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.AccessLimits;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** An Argo Server within {@link AccessLimits}: requests about other namespaces are refused before they are sent. */
public final class LimitedArgoServer implements ArgoServer {

    private final ArgoServer server;
    private final AccessLimits limits;

    public LimitedArgoServer(ArgoServer server, AccessLimits limits) {
        this.server = server;
        this.limits = limits;
    }

    @Override
    public String server() {
        return server.server();
    }

    @Override
    public String version() {
        return server.version();
    }

    @Override
    public String user() {
        return server.user();
    }

    @Override
    public Optional<ObjectNode> workflow(String namespace, String name, String uid) {
        check(namespace);
        return server.workflow(namespace, name, uid);
    }

    @Override
    public List<ObjectNode> archived(String namespace, String labels, int maxCount) {
        check(namespace);
        return server.archived(namespace, labels, maxCount);
    }

    @Override
    public void artifact(Output output, OutputStream into, long limit) throws IOException {
        check(output.namespace());
        server.artifact(output, into, limit);
    }

    @Override
    public List<String> log(Output output, int lines) {
        check(output.namespace());
        return server.log(output, lines);
    }

    private void check(String namespace) {
        limits.refusal(namespace).ifPresent(why -> {
            throw new ClusterException(Kind.NOT_ALLOWED, why);
        });
    }

    @Override
    public void close() {
        server.close();
    }
}
