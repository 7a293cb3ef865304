package io.jenkins.plugins.argopreflight.action;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.action.History.Reference;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The reports of builds: where they are stored, and the earlier reports for comparisons. */
public final class BuildReports {

    private static final int MAX_BUILDS_SEARCHED = 50;
    /** The maximum number of builds whose files are read. */
    private static final int MAX_BUILDS_READ = 10;

    /** The ids of reports by their owners, for running builds. Access to the map of a build is guarded by the build. */
    private static final Map<Run<?, ?>, Map<String, String>> RESERVED =
            Collections.synchronizedMap(new WeakHashMap<>());

    private BuildReports() {}

    /** Returns whether a build of the job has a report. */
    static boolean existIn(Job<?, ?> job) {
        return ReportedBuilds.of(job).haveReport(job.getBuildDir());
    }

    /**
     * Returns the builds with a report, newest first. Loads the newest builds of the job, and those earlier builds
     * whose folder contains a report.
     */
    static Stream<Run<?, ?>> reported(Job<?, ?> job) {
        return ReportedBuilds.candidates(job.getBuildDir())
                .<Run<?, ?>>map(job::getBuildByNumber)
                .filter(run -> run != null
                        && !run.getActions(PreflightReportAction.class).isEmpty());
    }

    /**
     * Reserves the id of a report: the requested id, with a number if another report of the build has it.
     *
     * @param owner the step that will record the report; it gets the same id again
     */
    public static String reserve(Run<?, ?> run, String requested, String owner) {
        synchronized (run) {
            Map<String, String> reserved = RESERVED.computeIfAbsent(run, any -> new HashMap<>());
            if (!reserved.containsKey(owner)) {
                Set<String> taken = new HashSet<>(reserved.values());
                run.getActions(PreflightReportAction.class).stream()
                        .filter(action -> !action.isOwnedBy(owner))
                        .forEach(action -> taken.add(action.getId()));
                reserved.put(owner, free(requested, taken));
            }
            return reserved.get(owner);
        }
    }

    /** Returns whether the build has a report with this id that did not pass. */
    public static boolean hasNotPassed(Run<?, ?> run, String id) {
        return run.getActions(PreflightReportAction.class).stream()
                .anyMatch(action -> action.getId().equals(id) && !action.isPassed());
    }

    /**
     * Returns whether the failure threshold of a step's report failed the build.
     *
     * @param owner the step that recorded the report
     */
    public static boolean hasFailedBuild(Run<?, ?> run, String owner) {
        return run.getActions(PreflightReportAction.class).stream()
                .anyMatch(action -> action.isOwnedBy(owner) && action.isFailed());
    }

    /** Records a report under the id that is reserved for it. */
    public static PreflightReportAction record(Run<?, ?> run, ReportRecord recorded) throws IOException {
        synchronized (run) {
            for (PreflightReportAction earlier : run.getActions(PreflightReportAction.class)) {
                if (earlier.isOwnedBy(recorded.owner())) {
                    run.removeAction(earlier);
                }
            }
            String id = reserve(run, recorded.id(), recorded.owner());
            new ReportStore(run.getRootDir()).write(id, recorded.report(), recorded.history());
            PreflightReportAction action = new PreflightReportAction(id, recorded);
            run.addAction(action);
            run.save();
            ReportedBuilds.of(run.getParent()).add(run.getNumber());
            return action;
        }
    }

    static String free(String requested, Set<String> taken) {
        String id = requested;
        for (int i = 2; taken.contains(id); i++) {
            id = requested + "-" + i;
        }
        return id;
    }

    /** Returns the newest earlier build of the job whose report with this id passed. */
    public static Optional<Reference> passedBefore(Run<?, ?> run, String id) {
        return earlier(run.getPreviousBuild(), id, PreflightReportAction::isPassed)
                .flatMap(BuildReports::reference);
    }

    /** Returns the newest completed build of another job with a report of this id. */
    public static Optional<Reference> latest(Job<?, ?> job, String id) {
        return earlier(job.getLastCompletedBuild(), id, any -> true).flatMap(BuildReports::reference);
    }

    /** Returns for each finding of the job's previous report with this id the build in which it first appeared. */
    public static Map<String, Integer> firstSeen(Run<?, ?> run, String id) {
        return earlier(run.getPreviousBuild(), id, any -> true)
                .map(action -> action.history().firstSeen())
                .orElse(Map.of());
    }

    /**
     * An earlier successful build.
     *
     * @param name text for a heading: the build's number and its relation to this build
     * @param recorded the state of the cluster that its preflights and diagnoses read
     */
    public record Succeeded(String name, RecordedState recorded) {}

    /**
     * Returns the last successful build before this one in the same job that had no failed or blocked workflow and
     * recorded a state of this cluster.
     *
     * @param cluster the API server's URL
     */
    public static Optional<Succeeded> succeededBefore(Run<?, ?> run, String cluster) {
        Run<?, ?> last = run.getParent().getLastSuccessfulBuild();
        Run<?, ?> build = last;
        for (int i = 0; i < MAX_BUILDS_READ && build != null; i++) {
            WorkflowsAction workflows = build.getAction(WorkflowsAction.class);
            if (build.getNumber() < run.getNumber() && (workflows == null || workflows.isWell())) {
                RecordedState recorded = recorded(build, cluster);
                if (!recorded.isEmpty()) {
                    String number = String.valueOf(build.getNumber());
                    return Optional.of(new Succeeded(
                            build == last
                                    ? Messages.BuildReports_lastSucceeded(number)
                                    : Messages.BuildReports_earlierSucceeded(number),
                            recorded));
                }
            }
            build = build.getPreviousSuccessfulBuild();
        }
        return Optional.empty();
    }

    /**
     * Returns the state of a cluster that the preflights and diagnoses of a build read. For an object in both, the
     * state of the diagnosis applies, since it is newer.
     */
    public static RecordedState recorded(Run<?, ?> run, String cluster) {
        RecordedState all = RecordedState.NONE;
        for (PreflightReportAction action : run.getActions(PreflightReportAction.class)) {
            all = all.and(action.recorded().of(cluster));
        }
        WorkflowsAction workflows = run.getAction(WorkflowsAction.class);
        return workflows == null ? all : all.and(workflows.recorded(cluster));
    }

    private static Optional<PreflightReportAction> earlier(
            Run<?, ?> newest, String id, Predicate<PreflightReportAction> filter) {
        Run<?, ?> run = newest;
        for (int i = 0; i < MAX_BUILDS_SEARCHED && run != null; i++) {
            for (PreflightReportAction action : run.getActions(PreflightReportAction.class)) {
                if (action.getId().equals(id) && filter.test(action)) {
                    return Optional.of(action);
                }
            }
            run = run.getPreviousBuild();
        }
        return Optional.empty();
    }

    private static Optional<Reference> reference(PreflightReportAction action) {
        try {
            Run<?, ?> run = action.getRun();
            return Optional.of(new Reference(
                    run.getFullDisplayName(), run.getParent().getFullName(), run.getUrl(), action.report()));
        } catch (ReportUnreadableException e) {
            return Optional.empty();
        }
    }
}
