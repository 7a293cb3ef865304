package io.jenkins.plugins.argopreflight.offline.memory;

import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.NAMESPACES;
import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.SECRETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cluster in memory and a real kube-apiserver answer every scenario alike, message by message. */
@NeedsServers
class MemoryParityTest {

    private static final Resource ROLES = Resource.namespaced("rbac.authorization.k8s.io", "v1", "roles", "Role");

    private static ClusterGateway real;
    private static RealCluster.User nobody;
    private static ClusterGateway forbidden;

    private final ClusterGateway memory = new MemoryCluster("memory");

    @BeforeAll
    static void connect() {
        nobody = RealCluster.get().userWith();
        forbidden = Fabric8Gateway.connect(
                ClusterConnection.DEFAULT.withKubeconfigs(RealCluster.get().kubeconfig(nobody)));
        real = Fabric8Gateway.connect(
                ClusterConnection.DEFAULT.withKubeconfigs(RealCluster.get().adminKubeconfig()));
    }

    @AfterAll
    static void close() {
        real.close();
        forbidden.close();
    }

    static Stream<String> scenarios() {
        return ClusterScenarios.ALL.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldAnswerAsTheRealServer(String scenario) {
        String namespace = "parity-" + Long.toString(System.nanoTime(), 36);

        assertThat(ClusterScenarios.run(scenario, memory, namespace))
                .isEqualTo(ClusterScenarios.run(scenario, real, namespace));
    }

    static Stream<Consumer<ClusterGateway>> requests() {
        ObjectNode secret = KubeObjects.of(SECRETS, "ci", "regcred");
        ObjectNode role = KubeObjects.of(ROLES, "ci", "reader");
        return Stream.of(
                cluster -> cluster.get(SECRETS, "ci", "regcred"),
                cluster -> cluster.list(SECRETS, "ci", "", ""),
                cluster -> cluster.list(SECRETS, "", "", ""),
                cluster -> cluster.create(SECRETS, secret, WriteMode.REAL),
                cluster -> cluster.create(SECRETS, secret, WriteMode.DRY_RUN),
                cluster -> cluster.replace(SECRETS, secret, WriteMode.REAL),
                cluster -> cluster.delete(SECRETS, "ci", "regcred", "", "", WriteMode.REAL),
                cluster -> cluster.get(NAMESPACES, "", "ci"),
                cluster -> cluster.list(NAMESPACES, "", "", ""),
                cluster -> cluster.create(NAMESPACES, KubeObjects.of(NAMESPACES, "", "ci"), WriteMode.REAL),
                cluster -> cluster.get(ROLES, "ci", "reader"),
                cluster -> cluster.create(ROLES, role, WriteMode.REAL));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void shouldForbidAsTheRealServer(Consumer<ClusterGateway> request) {
        MemoryCluster cluster = new MemoryCluster("memory");
        cluster.actAs(nobody.name());

        ClusterException refused = catchThrowableOfType(ClusterException.class, () -> request.accept(cluster));

        assertThat(refused.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(refused)
                .hasMessage(catchThrowableOfType(ClusterException.class, () -> request.accept(forbidden))
                        .getMessage());
    }
}
