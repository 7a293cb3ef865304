package io.jenkins.plugins.argopreflight.engine.sync.block;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.secret.BlockSecretWriter;
import io.jenkins.plugins.argopreflight.engine.sync.secret.BlockUndo;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A cluster with a ServiceAccount, a controller with its disk, and the builds that run on it. */
final class World implements HoldStore {

    private static final SecretOwner OWNER = new SecretOwner("controller.folder", "a folder");

    final MemoryCluster cluster = new MemoryCluster("memory");
    final ClusterGateway gateway = PointGateway.before(cluster);
    final Set<String> ended = ConcurrentHashMap.newKeySet();
    private volatile List<HeldSecret> disk = List.of();
    volatile Holds holds;

    World() {
        cluster.load("{apiVersion: v1, kind: Namespace, metadata: {name: ci}}");
        boot();
    }

    /** Starts the controller with what is on its disk. */
    void boot() {
        holds = new Holds(this, block -> !ended.contains(block.build()), Clock.systemUTC());
    }

    @Override
    public List<HeldSecret> load() {
        return disk;
    }

    @Override
    public void save(List<HeldSecret> held) {
        Actor.point();
        disk = List.copyOf(held);
    }

    List<HeldSecret> disk() {
        return disk;
    }

    boolean apply(String block) {
        Block held = new Block(block, block, Map.of(), 0);
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT)) {
            return new BlockSecretWriter(holds, gateway, 1)
                            .apply(
                                    held,
                                    request(),
                                    List.of(),
                                    RegistrySettings.builder().build())
                            .result()
                    != RunResult.FAILED;
        }
    }

    void applyForever() {
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT)) {
            new BlockSecretWriter(holds, gateway, 1)
                    .applyPermanently(
                            request(), List.of(), RegistrySettings.builder().build());
        }
    }

    BlockUndo.Result undo(String block) {
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT)) {
            return new BlockUndo(holds, block, 1).run(Optional.of(gateway), block, (asked, report) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does the work of the periodic task. */
    void undoEnded() {
        for (Block block : holds.blocks()) {
            if (!holds.isRunning(block)) {
                undo(block.id());
            }
        }
    }

    boolean exists() {
        synchronized (cluster) {
            return cluster.get(Resource.SECRETS, "ci", "regcred").isPresent();
        }
    }

    boolean isBound() {
        synchronized (cluster) {
            ObjectNode account =
                    cluster.get(Resource.SERVICE_ACCOUNTS, "ci", "default").orElseThrow();
            return KubeObjects.names(account.path("imagePullSecrets")).contains("regcred");
        }
    }

    void assertNothingIsLeft() {
        assertThat(exists()).as("the Secret is there").isFalse();
        assertThat(isBound()).as("the ServiceAccount refers to it").isFalse();
        assertThat(disk).isEmpty();
        assertThat(holds.blocks()).isEmpty();
    }

    private static SyncRequest request() {
        List<RegistryCredential> credentials = new ArrayList<>();
        credentials.add(new RegistryCredential("registry.example.com", "team", Password.of("secret"), "", "id"));
        return new SyncRequest(
                SyncMode.APPLY,
                "regcred",
                List.of("ci"),
                "",
                credentials,
                List.of("default"),
                SyncRequest.Options.NONE,
                OWNER,
                "a test");
    }
}
