package io.jenkins.plugins.argopreflight.step;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A listener that starts the clean-up of a build a few seconds after the build ended or was deleted, before the next
 * periodic clean-up.
 */
@Extension
public class EndedBuildListener extends RunListener<Run<?, ?>> {

    private static final Logger LOGGER = Logger.getLogger(EndedBuildListener.class.getName());

    /** The time that a step has to clean up itself if it ends with its build. */
    private static final Duration PAUSE = Duration.ofSeconds(3);

    @Override
    public void onFinalized(Run<?, ?> run) {
        startLater(run);
    }

    @Override
    public void onDeleted(Run<?, ?> run) {
        startLater(run);
    }

    private static void startLater(Run<?, ?> run) {
        String name = run.getExternalizableId();
        FollowedWorkflows.later(PAUSE, () -> {
            for (EndedWork<?> work : ExtensionList.lookup(EndedWork.class)) {
                try {
                    work.buildEnded(name);
                } catch (IOException e) {
                    LOGGER.log(Level.WARNING, e, () -> "what build " + name + " left in a cluster cannot be read");
                }
            }
        });
    }
}
