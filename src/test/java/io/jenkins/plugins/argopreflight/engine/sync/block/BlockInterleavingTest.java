package io.jenkins.plugins.argopreflight.engine.sync.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Blocks that share a Secret, stopped at each point: each request to the cluster, each write to the disk, each part of a
 * body. While a block runs its body, the Secret is there and bound; when all have ended, nothing is left.
 */
@Tag("fuzz")
class BlockInterleavingTest {

    /** The events when the first block is at one point and the second block at another. */
    enum Event {
        NOTHING,
        RESTART,
        KILL_THE_FIRST,
        KILL_THE_SECOND
    }

    private enum Phase {
        APPLY,
        BODY,
        UNDO,
        DONE
    }

    /** A build with one block. */
    private static final class Build {
        final World world;
        final String name;
        volatile Phase phase = Phase.APPLY;
        Actor actor;

        Build(World world, String name) {
            this.world = world;
            this.name = name;
            resume();
        }

        void resume() {
            actor = new Actor(name, this::live);
        }

        private void live() {
            if (phase == Phase.APPLY) {
                assertThat(world.apply(name)).isTrue();
                if (isKilled()) {
                    return;
                }
                phase = Phase.BODY;
            }
            if (phase == Phase.BODY) {
                Actor.point();
                Actor.point();
                if (isKilled()) {
                    return;
                }
                phase = Phase.UNDO;
            }
            if (phase == Phase.UNDO) {
                assertThat(world.undo(name).left()).isEmpty();
                phase = Phase.DONE;
                world.ended.add(name);
            }
        }

        boolean isKilled() {
            return world.ended.contains(name);
        }
    }

    private static final class Run {
        final World world = new World();
        final List<Build> builds = new ArrayList<>();
        final List<Actor> tasks = new ArrayList<>();

        Run(int count) {
            for (int i = 0; i < count; i++) {
                builds.add(new Build(world, "build-" + i));
            }
        }

        boolean step(Actor actor) {
            boolean went = actor.step(actors());
            check();
            return went;
        }

        void check() {
            for (Build build : builds) {
                if (build.phase == Phase.BODY && !build.isKilled()) {
                    assertThat(world.exists())
                            .as("%s has its Secret", build.name)
                            .isTrue();
                    assertThat(world.isBound())
                            .as("%s has its binding", build.name)
                            .isTrue();
                }
            }
        }

        void kill(Build build) {
            world.ended.add(build.name);
            tasks.add(new Actor("task", world::undoEnded));
        }

        void restart() {
            actors().forEach(Actor::crash);
            while (!actors().stream().allMatch(Actor::isEnded)) {
                Thread.onSpinWait();
            }
            assertNoFailure();
            tasks.clear();
            world.boot();
            check();
            builds.stream().filter(build -> !build.isKilled()).forEach(Build::resume);
            tasks.add(new Actor("task", world::undoEnded));
        }

        List<Actor> actors() {
            List<Actor> actors = new ArrayList<>(tasks);
            builds.forEach(build -> actors.add(build.actor));
            return actors;
        }

        void finish(boolean backwards) {
            List<Actor> actors = actors();
            if (backwards) {
                java.util.Collections.reverse(actors);
            }
            while (!actors.stream().allMatch(Actor::isEnded)) {
                for (Actor actor : actors) {
                    while (step(actor)) {
                        // To its end, or until it waits for another.
                    }
                }
            }
            assertNoFailure();
            world.undoEnded();
            world.assertNothingIsLeft();
        }

        void assertNoFailure() {
            actors().forEach(actor -> assertThat(actor.failure()).isNull());
        }
    }

    @ParameterizedTest
    @EnumSource(Event.class)
    void shouldHoldAtEachPairOfPoints(Event event) {
        int runs = 0;
        boolean more = true;
        for (int first = 0; more; first++) {
            boolean moreOfSecond = true;
            for (int second = 0; moreOfSecond; second++) {
                for (boolean backwards : new boolean[] {false, true}) {
                    Run run = new Run(2);
                    more = go(run, run.builds.get(0), first);
                    moreOfSecond = go(run, run.builds.get(1), second);
                    happen(run, event);
                    run.finish(backwards);
                    runs++;
                }
            }
        }
        assertThat(runs).as("pairs of points, in two orders").isEqualTo(144);
    }

    @Test
    void shouldHoldInRandomOrders() {
        for (int seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            Run run = new Run(4);
            for (int i = 0; i < 60; i++) {
                if (random.nextInt(25) == 0) {
                    happen(run, Event.values()[random.nextInt(Event.values().length)]);
                }
                List<Actor> actors = run.actors();
                run.step(actors.get(random.nextInt(actors.size())));
            }
            run.finish(random.nextBoolean());
        }
    }

    /** So many points; false when there are no more. */
    private static boolean go(Run run, Build build, int points) {
        for (int i = 0; i < points; i++) {
            if (!run.step(build.actor)) {
                return false;
            }
        }
        return true;
    }

    private static void happen(Run run, Event event) {
        switch (event) {
            case RESTART -> run.restart();
            case KILL_THE_FIRST -> run.kill(run.builds.get(0));
            case KILL_THE_SECOND -> run.kill(run.builds.get(1));
            default -> {}
        }
    }
}
