package io.jenkins.plugins.argopreflight.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamedGatewayTest {

    private static final ClusterException REFUSED =
            ClusterException.ofServer(Kind.UNREACHABLE, "https://host:6443", "connection refused");

    private final RecordingCluster cluster = new RecordingCluster("ci");

    @Test
    void shouldNameTheClusterInsteadOfTheServer() {
        assertThat(REFUSED).hasMessage("https://host:6443: connection refused");
        assertThat(failure(new NamedGateway(cluster, "Cluster \"prod\""), REFUSED))
                .hasMessage("Cluster \"prod\": connection refused");
    }

    @Test
    void shouldNameTheClusterInAFailureThatAnotherGatewayRepeats() {
        ClusterGateway gateway = new NamedGateway(new OutageGateway(cluster), "Cluster \"prod\"");
        failure(gateway, REFUSED);
        assertThat(failure(gateway, REFUSED)).hasMessage("Cluster \"prod\": connection refused");
    }

    @Test
    void shouldKeepTheFailureOfOneRequest() {
        ClusterException one = new ClusterException(Kind.TIMEOUT, "GET https://host:6443/version: no answer in time");
        assertThat(failure(new NamedGateway(cluster, "Cluster \"prod\""), one)).isSameAs(one);
    }

    private ClusterException failure(ClusterGateway gateway, ClusterException failure) {
        cluster.failure = Optional.of(failure);
        return catchThrowableOfType(ClusterException.class, () -> gateway.get(Resource.SECRETS, "ci", "a"));
    }
}
