package io.jenkins.plugins.argopreflight.engine.cluster.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster.Change;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster.Subscription;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster.WatchListener;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.SilentServer;
import io.jenkins.plugins.argopreflight.engine.registry.SilentServer.Says;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An API server that begins to answer and does not go on: nothing of the request is left when its time is over. */
@Timeout(30)
class SilentApiServerTest {

    private static final Timeouts SHORT =
            new Timeouts(Duration.ofSeconds(5), Duration.ofMillis(400), Duration.ofMillis(500));

    @ParameterizedTest
    @EnumSource(Says.class)
    void shouldLeaveNoThreadToAnAnswerThatDoesNotEnd(Says says) throws InterruptedException {
        try (SilentServer server = new SilentServer(says);
                Fabric8Gateway gateway = Fabric8Gateway.connect(connection(server))) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(gateway::version).isInstanceOf(ClusterException.class);
            }

            assertThatNothingIsLeft(server);
        }
    }

    /** A watch that is closed before the server has sent its headers. */
    @ParameterizedTest
    @EnumSource(Says.class)
    void shouldLeaveNoThreadToAWatchThatIsClosed(Says says) throws Exception {
        try (SilentServer server = new SilentServer(says);
                Fabric8Gateway gateway = Fabric8Gateway.connect(connection(server));
                LiveCluster live = gateway.live().orElseThrow()) {
            for (int i = 0; i < 5; i++) {
                try (Subscription watch = live.watch(Resource.WORKFLOWS, "ci", "", "7", new Ignoring())) {
                    server.awaitSilence();
                    assertThat(watch).isNotNull();
                }
            }

            assertThatNothingIsLeft(server);
        }
    }

    private static void assertThatNothingIsLeft(SilentServer server) throws InterruptedException {
        server.awaitEndOfConnections();
        assertThat(Thread.getAllStackTraces().entrySet())
                .filteredOn(thread -> thread.getKey().getName().matches("argo-preflight request|OkHttp http.*"))
                .noneMatch(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().contains("SocketImpl")));
    }

    /** A listener that needs nothing of a watch. */
    private static final class Ignoring implements WatchListener {
        @Override
        public void changed(Change change, ObjectNode object) {}

        @Override
        public void ended(Optional<ClusterException> failure) {}
    }

    private static ClusterConnection connection(SilentServer server) {
        return ClusterConnection.DEFAULT
                .to(ClusterEndpoint.of(
                        "test", server.url().toString(), new Trust("", false, ""), ClusterLogin.anonymous()))
                .withTimeouts(SHORT);
    }
}
