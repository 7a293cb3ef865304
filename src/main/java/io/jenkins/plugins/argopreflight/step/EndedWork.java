package io.jenkins.plugins.argopreflight.step;

import hudson.model.AsyncPeriodicWork;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The periodic clean-up of objects in a cluster that builds created and did not remove, because the step gave up, or
 * the build was killed, was deleted, or cannot be resumed.
 *
 * @param <T> the stored record of such an object
 */
public abstract class EndedWork<T> extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(EndedWork.class.getName());

    /** Builds whose end Jenkins reported. */
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /**
     * Builds that in the previous round had ended or could not be found. A build that cannot be found is possibly still
     * being loaded.
     */
    private Set<String> previouslyEnded = Set.of();

    /**
     * Creates the clean-up.
     *
     * @param name the name, which is also a valid file name on every operating system
     */
    protected EndedWork(String name) {
        super(name);
    }

    /** Returns all stored records. */
    protected abstract List<T> records() throws IOException;

    /** Returns the name of a record's build. */
    protected abstract String build(T stored);

    /** Returns whether the step of a record has ended. */
    protected abstract boolean isEnded(T stored);

    /**
     * Cleans up one record. The method is called again in the next round if the record is still stored.
     *
     * @param listener the listener, whose log becomes a file when it is first used
     */
    protected abstract void end(T stored, TaskListener listener, Instant now) throws IOException, InterruptedException;

    @Override
    public final long getRecurrencePeriod() {
        return Duration.ofMinutes(1).toMillis();
    }

    @Override
    protected final Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected final void execute(TaskListener listener) throws IOException, InterruptedException {
        round(listener, Instant.now());
    }

    /** Runs one round. */
    public final synchronized void round(TaskListener listener, Instant now) throws IOException, InterruptedException {
        Set<String> endedBuilds = new HashSet<>();
        List<T> stored = records();
        for (T each : stored) {
            if (!BuildName.run(build(each)).map(Run::isBuilding).orElse(false)) {
                endedBuilds.add(build(each));
            }
        }
        List<T> ended = new ArrayList<>();
        for (T each : stored) {
            String build = build(each);
            if (isEnded(each)
                    || endedBuilds.contains(build) && (previouslyEnded.contains(build) || reported.contains(build))) {
                ended.add(each);
            }
        }
        previouslyEnded = endedBuilds;
        reported.retainAll(endedBuilds);
        for (T each : ended) {
            try {
                end(each, listener, now);
            } catch (IOException | RuntimeException | StackOverflowError e) {
                // The other records are cleaned up anyway, and this one is tried again in the next round.
                LOGGER.warning(() -> "What is left of build " + build(each) + " could not be ended: "
                        + e.getClass().getName());
            }
        }
    }

    /** Receives the end or the deletion of a build, which possibly left something in a cluster. */
    final void buildEnded(String name) throws IOException {
        if (records().stream().anyMatch(each -> build(each).equals(name))) {
            reported.add(name);
            doRun();
        }
    }
}
