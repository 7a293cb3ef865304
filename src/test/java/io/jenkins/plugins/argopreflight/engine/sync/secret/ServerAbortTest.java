package io.jenkins.plugins.argopreflight.engine.sync.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.lab.Lab;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.sync.scenario.SyncScenarios;
import io.jenkins.plugins.argopreflight.offline.Snapshot;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.Fault;
import io.jenkins.plugins.argopreflight.testing.server.FaultProxy;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An API server that falls silent holds up neither an aborted sync nor an aborted snapshot. */
@Timeout(120)
@NeedsServers(Server.CLUSTER)
@ExtendWith(InRun.class)
class ServerAbortTest extends SyncScenarios {

    private final Lab lab = new RealLab();

    @TempDir
    Path folder;

    @Override
    protected Lab lab() {
        return lab;
    }

    @ParameterizedTest
    @CsvSource({"/namespaces, 1", "rulesreviews, 8", "/secrets, 1", "/secrets, 8", "/serviceaccounts/default, 1"})
    void shouldEndASync(String path, int concurrency) throws InterruptedException {
        Ask ask = Ask.sync(lab.namespace("ci"), lab.namespace("ci")).registry("registry.example.com", "team");
        Object end = abort(
                path,
                gateway -> new RegistrySecretWriter(gateway, concurrency, Clock.systemUTC())
                        .run(ask.request(), outcome -> {}));
        assertThat(end.toString()).contains("interrupted");
    }

    @ParameterizedTest
    @CsvSource({"/workflowtemplates, 1", "/secrets, 1", "/secrets, 8"})
    void shouldEndASnapshot(String path, int concurrency) throws InterruptedException {
        String namespace = lab.namespace("ci");
        Object end = abort(
                path,
                gateway -> new Snapshot(gateway, concurrency)
                        .write(List.of(namespace), "argo", List.of(), folder.resolve("snapshot")));
        assertThat(end)
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(ClusterException.Kind.INTERRUPTED));
        assertThat(folder.resolve("snapshot")).doesNotExist();
    }

    /** Returns the result of a run that was interrupted while it waited for a request with this path. */
    private static Object abort(String path, Function<ClusterGateway, ?> run) throws InterruptedException {
        RealCluster cluster = RealCluster.get();
        AtomicReference<Object> end = new AtomicReference<>();
        try (FaultProxy proxy = FaultProxy.before(cluster)) {
            proxy.failAll(request -> request.path().contains(path), Fault.STALL);
            try (ClusterGateway gateway = RealLab.connect(proxy.kubeconfig(cluster.admin()))) {
                Thread thread = new Thread(InRun.own(() -> {
                    try {
                        end.set(run.apply(gateway));
                    } catch (RuntimeException e) {
                        end.set(e);
                    }
                }));
                thread.start();
                while (proxy.requests().stream()
                        .noneMatch(request -> request.path().contains(path))) {
                    assertThat(thread.isAlive()).as("it ended before: " + end).isTrue();
                    Thread.sleep(5);
                }
                thread.interrupt();
                thread.join(10_000);
                assertThat(thread.isAlive()).as("it still runs").isFalse();
            }
        }
        return end.get();
    }
}
