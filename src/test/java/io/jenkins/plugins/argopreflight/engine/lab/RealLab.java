package io.jenkins.plugins.argopreflight.engine.lab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.testing.server.AuditedRequest;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import java.nio.file.Path;

/** A real kube-apiserver with RBAC; it has no controllers. */
public final class RealLab implements Lab {

    private final RealCluster cluster = RealCluster.get();
    private final ClusterGateway admin = connect(cluster.adminKubeconfig());

    public static ClusterGateway connect(Path kubeconfig) {
        return Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(kubeconfig));
    }

    @Override
    public String namespace(String prefix) {
        String name = cluster.namespace(prefix);
        cluster.serviceAccount(name, "default");
        return name;
    }

    @Override
    public ClusterGateway admin() {
        return admin;
    }

    @Override
    public ClusterGateway user(Right... rights) {
        return connect(cluster.kubeconfig(cluster.userWith(rights)));
    }

    @Override
    public void terminate(String namespace) {
        admin.create(
                Resource.SECRETS, KubeObjects.of(Resource.SECRETS, namespace, "keeps-it-from-going"), WriteMode.REAL);
        ObjectNode found = admin.get(Resource.NAMESPACES, "", namespace).orElseThrow();
        admin.delete(Resource.NAMESPACES, "", namespace, KubeObjects.uid(found), "", WriteMode.REAL);
    }

    @Override
    public long writes() {
        return cluster.requests().stream().filter(AuditedRequest::isWrite).count();
    }
}
