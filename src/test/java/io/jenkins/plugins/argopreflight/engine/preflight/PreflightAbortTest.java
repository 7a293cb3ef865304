package io.jenkins.plugins.argopreflight.engine.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.boundary.Attack;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.story.Stage;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.Fault;
import io.jenkins.plugins.argopreflight.testing.server.FaultProxy;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RawServer;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An aborted build ends a preflight within two seconds, whatever does not answer. */
@Timeout(120)
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
@ExtendWith(InRun.class)
class PreflightAbortTest {

    private static final Duration SOON = Duration.ofSeconds(2);

    /** The request of a preflight at which the API server falls silent: the first, one of many, a review, a dry run. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/selfsubjectreviews",
                "/deployments",
                "/serviceaccounts/",
                "/secrets/",
                "accessreviews",
                "/pods?"
            })
    void shouldEndWhileTheApiServerHangs(String path) throws InterruptedException {
        RealCluster cluster = RealCluster.get();
        try (RealRegistry registry = RealRegistry.withPasswords(Map.of("team", Stage.PASSWORD));
                FaultProxy proxy = FaultProxy.before(cluster)) {
            Stage stage = Stage.ready(registry);
            proxy.failAll(request -> request.path().contains(path), Fault.STALL);
            abort(
                    stage,
                    RealLab.connect(proxy.kubeconfig(cluster.admin())),
                    () -> proxy.requests().stream()
                            .anyMatch(request -> request.path().contains(path)));
        }
    }

    @Test
    void shouldEndWhileTheRegistryHangs() throws Exception {
        try (RealRegistry registry = RealRegistry.withPasswords(Map.of("team", Stage.PASSWORD));
                RawServer silent = new RawServer(RawServer.plain(Attack.SILENCE))) {
            Stage stage = Stage.ready(registry);
            stage.container().put("image", silent.url().getAuthority() + "/team/image:v1.2");
            abort(
                    stage,
                    RealLab.connect(stage.cluster().adminKubeconfig()),
                    () -> silent.requests().stream().anyMatch(request -> request.contains("HTTP")));
        }
    }

    private static void abort(Stage stage, ClusterGateway gateway, BooleanSupplier hangs) throws InterruptedException {
        var ended = new AtomicReference<Object>();
        var flag = new AtomicBoolean();
        try (gateway;
                RegistryProbe probe = new RegistryProbe(RegistrySettings.defaults())) {
            Thread preflight = new Thread(InRun.own(() -> {
                try {
                    ended.set(new Preflight(Fact.known(gateway), probe, 8).run(stage.request()));
                } catch (RuntimeException e) {
                    ended.set(e);
                }
                flag.set(Thread.currentThread().isInterrupted());
            }));
            preflight.start();
            while (!hangs.getAsBoolean()) {
                assertThat(preflight.isAlive()).as("it ended before: " + ended).isTrue();
                TimeUnit.MILLISECONDS.sleep(5);
            }
            TimeUnit.MILLISECONDS.sleep(100);
            long start = System.nanoTime();
            preflight.interrupt();
            preflight.join(SOON.toMillis());
            assertThat(preflight.isAlive())
                    .as("still alive after %s", Duration.ofNanos(System.nanoTime() - start))
                    .isFalse();
        }
        assertThat(ended.get())
                .isInstanceOfSatisfying(
                        ClusterException.class, e -> assertThat(e.kind()).isEqualTo(ClusterException.Kind.INTERRUPTED));
        assertThat(flag).as("the interrupt flag").isTrue();
    }
}
