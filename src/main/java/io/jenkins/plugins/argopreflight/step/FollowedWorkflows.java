package io.jenkins.plugins.argopreflight.step;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRun;
import io.jenkins.plugins.argopreflight.engine.submit.follow.DiagnosisQueue;
import io.jenkins.plugins.argopreflight.engine.submit.follow.Followers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jenkins.util.Timer;

/** The threads, the timer and the queue that the steps of this controller share to follow workflows. */
@Extension
public final class FollowedWorkflows {

    private static final Duration PICKUP = Duration.ofSeconds(60);

    private final Followers followers = new Followers(Computer.threadPoolForRemoting, Timer.get());
    private final DiagnosisQueue looks = new DiagnosisQueue(Computer.threadPoolForRemoting, Timer.get());

    /**
     * Returns the settings for following a workflow.
     *
     * @param logs whether container logs are read
     */
    public static WorkflowRun.Setting setting(boolean logs) {
        return new WorkflowRun.Setting(shared().followers, Computer.threadPoolForRemoting, Timer.get(), logs, PICKUP);
    }

    private static FollowedWorkflows shared() {
        return ExtensionList.lookupSingleton(FollowedWorkflows.class);
    }

    /**
     * Diagnoses a workflow when its turn has come among all workflows of the same server.
     *
     * @param owner the step; a second request of a step that already waits is ignored
     * @param failed as for {@link #work}
     */
    public static void look(String server, Object owner, DiagnosisQueue.Look look, Consumer<Throwable> failed) {
        shared().looks.ask(server, owner, reads -> attempt(() -> look.at(reads), failed));
    }

    /**
     * Runs a task outside the Pipeline's thread.
     *
     * @param failed receives the error of the task, whatever its type is, and ends the step
     */
    public static void work(Runnable task, Consumer<Throwable> failed) {
        Computer.threadPoolForRemoting.submit(() -> attempt(task, failed));
    }

    private static void attempt(Runnable task, Consumer<Throwable> failed) {
        try {
            task.run();
        } catch (Throwable e) {
            failed.accept(StepFailure.presentable(e));
        }
    }

    /** Runs a task later. Its errors do not concern a step: they are only logged in Jenkins' log. */
    public static void later(Duration pause, Runnable task) {
        later(pause, task, failure -> {});
    }

    /** Runs a task later. The timer's thread only starts it, since the task can wait for a cluster or a disk. */
    public static void later(Duration pause, Runnable task, Consumer<Throwable> failed) {
        Timer.get().schedule(() -> work(task, failed), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
