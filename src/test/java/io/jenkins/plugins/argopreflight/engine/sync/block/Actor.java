package io.jenkins.plugins.argopreflight.engine.sync.block;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;

/** A thread that stops at each of its points until the test lets it go on to the next. */
final class Actor {

    /** The error that a thread of a crashed controller throws at its next point. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final ThreadLocal<Actor> CURRENT = new ThreadLocal<>();

    private final Semaphore go = new Semaphore(0);
    private final Thread thread;
    private volatile boolean paused;
    private volatile boolean crashed;
    private volatile Throwable failure;

    Actor(String name, Runnable life) {
        thread = new Thread(
                () -> {
                    CURRENT.set(this);
                    try {
                        point();
                        life.run();
                    } catch (Crash e) {
                        // The controller is gone.
                    } catch (RuntimeException | Error e) {
                        failure = e;
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        settle(List.of(this));
    }

    /** The current thread stops here, if it is an actor's. */
    static void point() {
        Actor actor = CURRENT.get();
        if (actor == null) {
            return;
        }
        actor.paused = true;
        actor.go.acquireUninterruptibly();
        if (actor.crashed) {
            throw new Crash();
        }
    }

    /**
     * Goes on to the next point; false when it has ended, or waits for another actor.
     *
     * @param all of the test: those that waited for this one may go on, too, and are awaited
     */
    boolean step(Collection<Actor> all) {
        if (paused) {
            paused = false;
            go.release();
        }
        settle(all);
        return paused;
    }

    void crash() {
        crashed = true;
        paused = false;
        go.release();
    }

    boolean isEnded() {
        return !thread.isAlive();
    }

    Throwable failure() {
        return failure;
    }

    /**
     * Waits until none of them runs. A second look finds those that another one let go on after the first look at
     * them.
     */
    private static void settle(Collection<Actor> actors) {
        while (!(actors.stream().allMatch(actor -> actor.isSettled(actors))
                && actors.stream().allMatch(actor -> actor.isSettled(actors)))) {
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    /** Returns whether this actor is at a point, has ended, or waits for a lock that another actor has. */
    private boolean isSettled(Collection<Actor> others) {
        if (paused || !thread.isAlive()) {
            return true;
        }
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
        return info != null && others.stream().anyMatch(other -> other.thread.getId() == info.getLockOwnerId());
    }
}
