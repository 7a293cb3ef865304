package io.jenkins.plugins.argopreflight.engine.hold;

import java.util.concurrent.Semaphore;

/** A thread that stops at each of its points until the test lets it go on to the next. */
final class Actor {

    /** What a thread of a controller that has crashed throws at its next point. */
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
        await(null);
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

    /** Goes on to the next point; false when it has ended, or waits for another actor. */
    boolean step(Holds holds) {
        if (paused) {
            paused = false;
            go.release();
        }
        return await(holds);
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

    private boolean await(Holds holds) {
        while (true) {
            if (!thread.isAlive()) {
                return false;
            }
            if (paused) {
                return true;
            }
            if (holds != null && (holds.isWaiting(thread) || thread.getState() == Thread.State.BLOCKED)) {
                return false;
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }
}
