package io.jenkins.plugins.argopreflight.engine.util.concurrent;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An executor that runs tasks one after the other in the order of their arrival. It uses a thread only while there is a
 * task.
 */
public final class SerialExecutor implements Executor {

    private static final Logger LOGGER = Logger.getLogger(SerialExecutor.class.getName());

    private final Executor workers;
    private final Consumer<Throwable> failed;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    /**
     * Creates an executor.
     *
     * @param failed receives the error of a task; the next task runs after that
     */
    public SerialExecutor(Executor workers, Consumer<Throwable> failed) {
        this.workers = workers;
        this.failed = failed;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        workers.execute(this::work);
    }

    private void work() {
        while (true) {
            Runnable task;
            synchronized (tasks) {
                task = tasks.poll();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (Throwable e) {
                // An Error is caught too: otherwise no other task would run.
                report(e);
            }
        }
    }

    private void report(Throwable failure) {
        try {
            LOGGER.log(Level.WARNING, "internal error in a task", failure);
            failed.accept(failure);
        } catch (Throwable again) {
            LOGGER.log(Level.WARNING, "an internal error could not be reported", again);
        }
    }
}
