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
 * Ends in a cluster what a build began and did not end: its step gave up, or it was killed, was deleted, or cannot be
 * resumed.
 *
 * @param <T> what is stored of it
 */
public abstract class EndedWork<T> extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(EndedWork.class.getName());

    /** Builds of which Jenkins reported the end. */
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /** Those that could not be found, or had ended, in the round before: one that cannot be found can just be loading. */
    private Set<String> before = Set.of();

    /** @param name of a file too, on every system */
    protected EndedWork(String name) {
        super(name);
    }

    /** Everything that is stored. */
    protected abstract List<T> records() throws IOException;

    /** The name of its build. */
    protected abstract String build(T stored);

    /** Whether its step has ended. */
    protected abstract boolean isEnded(T stored);

    /**
     * Ends one of them; it is asked again in the next round as long as it is stored.
     *
     * @param listener whose log becomes a file when it is asked for
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

    /** One round. */
    public final synchronized void round(TaskListener listener, Instant now) throws IOException, InterruptedException {
        Set<String> over = new HashSet<>();
        List<T> stored = records();
        for (T each : stored) {
            if (!BuildName.run(build(each)).map(Run::isBuilding).orElse(false)) {
                over.add(build(each));
            }
        }
        List<T> ended = new ArrayList<>();
        for (T each : stored) {
            String build = build(each);
            if (isEnded(each) || over.contains(build) && (before.contains(build) || reported.contains(build))) {
                ended.add(each);
            }
        }
        before = over;
        reported.retainAll(over);
        for (T each : ended) {
            try {
                end(each, listener, now);
            } catch (IOException | RuntimeException | StackOverflowError e) {
                // The others are ended all the same, and this one is tried again in the next round.
                LOGGER.warning(() -> "What is left of build " + build(each) + " could not be ended: "
                        + e.getClass().getName());
            }
        }
    }

    /** Jenkins reports that a build has ended or was deleted: something of it can be left. */
    final void buildEnded(String name) throws IOException {
        if (records().stream().anyMatch(each -> build(each).equals(name))) {
            reported.add(name);
            doRun();
        }
    }
}
