package io.jenkins.plugins.argopreflight.engine.cluster.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.fabric8.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.testing.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.RealCluster;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cluster in memory and a real kube-apiserver answer every scenario alike, message by message. */
@NeedsServers
class MemoryParityTest {

    private static ClusterGateway real;

    private final ClusterGateway memory = new MemoryCluster("memory");

    @BeforeAll
    static void connect() {
        real = Fabric8Gateway.connect(ClusterConnection.DEFAULT.withKubeconfigs(RealCluster.get().adminKubeconfig()));
    }

    @AfterAll
    static void close() {
        real.close();
    }

    static Stream<String> scenarios() {
        return Scenarios.ALL.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void shouldAnswerAsTheRealServer(String scenario) {
        String namespace = "parity-" + Long.toString(System.nanoTime(), 36);

        assertThat(Scenarios.run(scenario, memory, namespace)).isEqualTo(Scenarios.run(scenario, real, namespace));
    }
}
