package io.jenkins.plugins.argopreflight.step;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Computer;
import io.jenkins.plugins.argopreflight.engine.follow.Followers;
import io.jenkins.plugins.argopreflight.engine.follow.Looks;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRun;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jenkins.util.Timer;

/** What all steps that follow workflows share on this controller, as long as it runs: its timer ends with it. */
@Extension
public final class FollowedWorkflows {

    private static final Duration PICKUP = Duration.ofSeconds(60);

    private final Followers followers = new Followers(Computer.threadPoolForRemoting, Timer.get());
    private final Looks looks = new Looks(Computer.threadPoolForRemoting, Timer.get());

    /** @param logs whether container logs are read */
    public static WorkflowRun.Setting setting(boolean logs) {
        return new WorkflowRun.Setting(shared().followers, Computer.threadPoolForRemoting, Timer.get(), logs, PICKUP);
    }

    private static FollowedWorkflows shared() {
        return ExtensionList.lookupSingleton(FollowedWorkflows.class);
    }

    /**
     * Looks closer at a workflow when it is its turn among all those at the same server.
     *
     * @param owner who waits for a look already gets no second one
     * @param failed as {@link #work}
     */
    public static void look(String server, Object owner, Looks.Look look, Consumer<Throwable> failed) {
        shared().looks.ask(server, owner, reads -> attempt(() -> look.at(reads), failed));
    }

    /**
     * Begins work beside the Pipeline's thread.
     *
     * @param failed gets what ends the step when the work fails, whatever it throws: else the step would never end
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

    /** The same for work without which the step still ends: what it throws is in Jenkins' log only. */
    public static void later(Duration pause, Runnable task) {
        later(pause, task, failure -> {});
    }

    /** The timer only starts it: what it does can wait for a cluster or a disk. */
    public static void later(Duration pause, Runnable task, Consumer<Throwable> failed) {
        Timer.get().schedule(() -> work(task, failed), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
