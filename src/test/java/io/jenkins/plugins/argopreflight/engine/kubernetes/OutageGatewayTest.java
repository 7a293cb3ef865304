package io.jenkins.plugins.argopreflight.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutageGatewayTest {

    private final RecordingCluster cluster = new RecordingCluster("ci");
    private final OutageGateway gateway = new OutageGateway(cluster);

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "TLS", "UNAUTHORIZED", "TIMEOUT"})
    void shouldAskNoMoreAfterAReadThatNoOtherCanOutdo(Kind kind) {
        cluster.failure = Optional.of(new ClusterException(kind, "the first reason"));
        assertThat(kindOf(() -> gateway.get(Resource.SECRETS, "ci", "a"))).isEqualTo(kind);
        cluster.failure = Optional.of(new ClusterException(Kind.FORBIDDEN, "another reason"));

        ClusterException later =
                catchThrowableOfType(ClusterException.class, () -> gateway.list(Resource.SECRETS, "ci", "", ""));
        assertThat(later.kind()).isEqualTo(kind);
        assertThat(later).hasMessage("the first reason");
        assertThat(gateway.outage()).contains("the first reason");
        assertThat(cluster.requests).filteredOn(each -> !each.startsWith("as ")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "NOT_FOUND", "SERVER_ERROR", "INVALID", "NOT_ALLOWED"})
    void shouldGoOnAfterWhatConcernsOneRequest(Kind kind) {
        cluster.failure = Optional.of(new ClusterException(kind, "this one"));
        assertThat(kindOf(() -> gateway.get(Resource.SECRETS, "ci", "a"))).isEqualTo(kind);
        cluster.failure = Optional.empty();

        assertThat(gateway.get(Resource.SECRETS, "ci", "a")).isPresent();
        assertThat(gateway.outage()).isEmpty();
    }

    @Test
    void shouldGoOnAfterAWriteThatAWebhookHoldsUp() {
        cluster.failure = Optional.of(new ClusterException(Kind.TIMEOUT, "no answer in time"));
        ObjectNode secret = KubeObjects.of(Resource.SECRETS, "ci", "a");
        assertThat(kindOf(() -> gateway.create(Resource.SECRETS, secret, WriteMode.DRY_RUN)))
                .isEqualTo(Kind.TIMEOUT);
        cluster.failure = Optional.empty();

        assertThat(gateway.get(Resource.SECRETS, "ci", "a")).isPresent();
    }

    @Test
    void shouldShareTheOutageWithImpersonatedRequests() {
        ClusterGateway other =
                gateway.as(Identity.ofServiceAccount("ci", "default")).orElseThrow();
        cluster.failure = Optional.of(new ClusterException(Kind.UNREACHABLE, "connection refused"));
        assertThat(kindOf(() -> other.get(Resource.SECRETS, "ci", "a"))).isEqualTo(Kind.UNREACHABLE);

        assertThat(kindOf(gateway::version)).isEqualTo(Kind.UNREACHABLE);
        assertThat(cluster.requests).filteredOn(each -> !each.startsWith("as ")).hasSize(1);
    }

    private static Kind kindOf(ThrowingCallable call) {
        return catchThrowableOfType(ClusterException.class, call).kind();
    }
}
