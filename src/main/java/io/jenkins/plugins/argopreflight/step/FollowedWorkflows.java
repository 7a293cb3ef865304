package io.jenkins.plugins.argopreflight.step;

import hudson.model.Computer;
import io.jenkins.plugins.argopreflight.engine.follow.Followers;
import io.jenkins.plugins.argopreflight.engine.submit.WorkflowRun;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;

/** What all steps that follow workflows share on this controller. */
public final class FollowedWorkflows {

    private static final Duration PICKUP = Duration.ofSeconds(60);
    private static final Followers FOLLOWERS = new Followers(Computer.threadPoolForRemoting, Timer.get());

    private FollowedWorkflows() {}

    /** @param logs whether container logs are read */
    public static WorkflowRun.Setting setting(boolean logs) {
        return new WorkflowRun.Setting(FOLLOWERS, Computer.threadPoolForRemoting, Timer.get(), logs, PICKUP);
    }

    /** The timer only starts it: what it does can wait for a cluster or a disk. */
    public static void later(Duration pause, Runnable task) {
        Timer.get()
                .schedule(() -> Computer.threadPoolForRemoting.submit(task), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
}
