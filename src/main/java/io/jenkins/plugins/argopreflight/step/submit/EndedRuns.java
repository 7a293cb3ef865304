package io.jenkins.plugins.argopreflight.step.submit;

import hudson.Extension;
import hudson.model.AsyncPeriodicWork;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterConnection.Timeouts;
import io.jenkins.plugins.argopreflight.engine.cluster.LiveCluster;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord;
import io.jenkins.plugins.argopreflight.engine.submit.RunStore;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.engine.submit.Submitter;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.StepCluster;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * Ends workflows whose build has ended without doing it: it was killed, it was deleted, or it cannot be resumed. They end
 * as their step's onAbort says. It tries for a day.
 */
@Extension
public class EndedRuns extends AsyncPeriodicWork {

    private static final Logger LOGGER = Logger.getLogger(EndedRuns.class.getName());
    private static final Duration GIVE_UP = Duration.ofDays(1);

    private Set<String> ended = Set.of();
    private final Map<String, Instant> since = new HashMap<>();

    public EndedRuns() {
        super("Argo Preflight: workflows of builds that have ended");
    }

    @Override
    public long getRecurrencePeriod() {
        return Duration.ofMinutes(1).toMillis();
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) throws IOException, InterruptedException {
        end(Runs.store(), listener.getLogger(), Instant.now());
    }

    /** One round: a build must have ended in two of them, since one that is not there may be loading. */
    synchronized void end(RunStore store, PrintStream log, Instant now) throws IOException, InterruptedException {
        Set<String> endedNow = new HashSet<>();
        for (StoredRun run : store.all()) {
            Optional<Run<?, ?>> build = build(run);
            if (build.map(Run::isBuilding).orElse(false)) {
                continue;
            }
            endedNow.add(run.record.id);
            if (ended.contains(run.record.id)) {
                end(store, run, build, log, now);
            }
        }
        ended = endedNow;
        since.keySet().retainAll(endedNow);
    }

    private void end(RunStore store, StoredRun run, Optional<Run<?, ?>> build, PrintStream log, Instant now)
            throws IOException, InterruptedException {
        RunRecord record = run.record;
        Optional<Shutdown> how = OnAbort.of(run.onAbort).shutdown();
        if (how.isEmpty()) {
            store.delete(record.id);
            return;
        }
        log.println("Build " + run.build + " has ended without workflow " + record.namespace + "/" + record.name);
        ClusterConnector connector = ClusterConnector.afterBuild(ClusterChoice.of(run.cluster), build, item(run), log);
        try (StepCluster cluster = connector.connect(Timeouts.DEFAULT);
                LiveCluster live = cluster.gateway().live().orElseThrow()) {
            cluster.checkWrites();
            String uid = new Submitter(cluster.gateway())
                    .find(record.namespace, record.name, record.id)
                    .map(Objects::uid)
                    .orElse("");
            boolean sent = !uid.isEmpty() && how.get().send(live, record.namespace, record.name, uid);
            log.println(sent ? how.get().value() + " sent" : "It has ended too");
            store.delete(record.id);
        } catch (IOException | RuntimeException e) {
            log.println(e.getMessage());
            Instant first = since.computeIfAbsent(record.id, any -> now);
            if (first.plus(GIVE_UP).isBefore(now)) {
                LOGGER.warning(() -> "Workflow " + record.namespace + "/" + record.name + " of build " + run.build
                        + " could not be ended for a day and is forgotten: it may still run");
                store.delete(record.id);
            }
        }
    }

    private static Optional<Run<?, ?>> build(StoredRun run) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            return Optional.ofNullable(Run.fromExternalizableId(run.build));
        }
    }

    /** The job, else the nearest folder that still exists. */
    private static Optional<Item> item(StoredRun run) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            String name = run.build.substring(0, run.build.lastIndexOf('#'));
            Item found = Jenkins.get().getItemByFullName(name);
            while (found == null && name.contains("/")) {
                name = name.substring(0, name.lastIndexOf('/'));
                found = Jenkins.get().getItemByFullName(name);
            }
            return Optional.ofNullable(found);
        }
    }
}
