package io.jenkins.plugins.argopreflight.engine.sync.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ManyBlocksTest {

    private static final int BLOCKS = 50;

    private final World world = new World();

    @Test
    void shouldServeFiftyParallelBlocks() throws Exception {
        AtomicInteger bodies = new AtomicInteger();
        ExecutorService builds = Executors.newFixedThreadPool(BLOCKS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < BLOCKS; i++) {
                String name = "build-" + i;
                int millis = i % 7;
                all.add(builds.submit(() -> {
                    assertThat(world.apply(name)).isTrue();
                    for (int look = 0; look < 5; look++) {
                        assertThat(world.exists()).isTrue();
                        assertThat(world.isBound()).isTrue();
                        Thread.sleep(millis);
                    }
                    bodies.incrementAndGet();
                    assertThat(world.undo(name).left()).isEmpty();
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            builds.shutdownNow();
        }
        assertThat(bodies).hasValue(BLOCKS);
        world.assertNothingIsLeft();
    }

    @Test
    void shouldLeaveASecretThatWasMadeToStayMeanwhile() {
        world.apply("block");
        world.applyForever();
        assertThat(world.undo("block").existing()).hasSize(1);
        assertThat(world.exists()).isTrue();
        assertThat(world.isBound()).isTrue();
        assertThat(world.disk()).isEmpty();
    }

    @Test
    void shouldUnbindWhatTheFirstOfTwoBlocksBound() {
        world.applyForever();
        unbind();
        world.apply("first");
        world.apply("second");
        assertThat(world.undo("first").shared()).hasSize(1);
        assertThat(world.isBound()).isTrue();
        assertThat(world.undo("second").left()).isEmpty();
        assertThat(world.exists()).isTrue();
        assertThat(world.isBound()).isFalse();
    }

    @Test
    void shouldUndoAKilledBlockWhenTheNextOneOfTheNameEnds() {
        world.apply("killed");
        world.ended.add("killed");
        world.apply("next");
        assertThat(world.undo("next").left()).isEmpty();
        world.assertNothingIsLeft();
    }

    @Test
    void shouldUndoABlockOfARenamedJob() throws Exception {
        Block block = new Block("id", "team/job#1", java.util.Map.of(), 0);
        SecretKey key = new SecretKey("o", "memory", "ci", "regcred");
        world.holds.take(key, block);
        world.holds.announce(key, true, List.of());
        world.holds.moved("team", "renamed");
        world.boot();
        assertThat(world.holds.blocks()).extracting(Block::build).containsExactly("renamed/job#1");
        world.holds.moved("renamed/job", "renamed/task");
        world.holds.moved("ren", "other");
        assertThat(world.holds.blocks()).extracting(Block::build).containsExactly("renamed/task#1");
    }

    @Test
    void shouldNotShareAHoldWithAnotherController() throws Exception {
        Block block = new Block("id", "job#1", java.util.Map.of(), 0);
        SecretKey ours = new SecretKey("controller-a.folder", "https://k8s", "ci", "regcred");
        SecretKey theirs = new SecretKey("controller-b.folder", "https://k8s", "ci", "regcred");
        world.holds.take(ours, block);
        assertThat(world.holds.isShared(ours, "another")).isTrue();
        assertThat(world.holds.isShared(theirs, "another")).isFalse();
    }

    private void unbind() {
        synchronized (world.cluster) {
            var account = world.cluster
                    .get(
                            io.jenkins.plugins.argopreflight.engine.model.object.Resource.SERVICE_ACCOUNTS,
                            "ci",
                            "default")
                    .orElseThrow()
                    .deepCopy();
            account.remove("imagePullSecrets");
            world.cluster.replace(
                    io.jenkins.plugins.argopreflight.engine.model.object.Resource.SERVICE_ACCOUNTS,
                    account,
                    io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode.REAL);
        }
    }
}
