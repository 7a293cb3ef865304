package io.jenkins.plugins.argopreflight.action;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.action.History.Reference;
import io.jenkins.plugins.argopreflight.engine.change.RecordedState;
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

/** The reports of builds: where one is kept, and which one it is compared with. */
public final class BuildReports {

    private static final int LOOKED_AT = 50;
    /** Builds of which the files are read. */
    private static final int READ = 10;

    /** The ids of reports by their owners, of builds that run; each build's are guarded by the build. */
    private static final Map<Run<?, ?>, Map<String, String>> RESERVED =
            Collections.synchronizedMap(new WeakHashMap<>());

    private BuildReports() {}

    /** Returns whether a build of the job has a report. */
    static boolean existIn(Job<?, ?> job) {
        return ReportedBuilds.of(job).exist(job.getBuildDir());
    }

    /** Returns the builds with a report, the newest first. Older ones are found by their folders, so that no other is loaded. */
    static Stream<Run<?, ?>> reported(Job<?, ?> job) {
        return ReportedBuilds.in(job.getBuildDir())
                .<Run<?, ?>>map(job::getBuildByNumber)
                .filter(run -> run != null
                        && !run.getActions(PreflightReportAction.class).isEmpty());
    }

    /**
     * The id that a report of the build gets, and no other from then on: the requested one, followed by a number when
     * another has it.
     *
     * @param owner who will record it; gets the same again
     */
    public static String reserve(Run<?, ?> run, String wished, String owner) {
        synchronized (run) {
            Map<String, String> reserved = RESERVED.computeIfAbsent(run, any -> new HashMap<>());
            if (!reserved.containsKey(owner)) {
                Set<String> taken = new HashSet<>(reserved.values());
                run.getActions(PreflightReportAction.class).stream()
                        .filter(action -> !action.isOwnedBy(owner))
                        .forEach(action -> taken.add(action.getId()));
                reserved.put(owner, free(wished, taken));
            }
            return reserved.get(owner);
        }
    }

    /** Whether a report of the build did not pass its gates. */
    public static boolean hasFailed(Run<?, ?> run, String id) {
        return run.getActions(PreflightReportAction.class).stream()
                .anyMatch(action -> action.getId().equals(id) && !action.isPassed());
    }

    /** Returns whether the gates of a step's report failed the build. */
    public static boolean hasFailedOf(Run<?, ?> run, String owner) {
        return run.getActions(PreflightReportAction.class).stream()
                .anyMatch(action -> action.isOwnedBy(owner) && action.isFailed());
    }

    /** Keeps a report under the id that is reserved for it. */
    public static PreflightReportAction record(Run<?, ?> run, ReportRecord recorded) throws IOException {
        synchronized (run) {
            for (PreflightReportAction left : run.getActions(PreflightReportAction.class)) {
                if (left.isOwnedBy(recorded.owner())) {
                    run.removeAction(left);
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

    static String free(String wished, Set<String> taken) {
        String id = wished;
        for (int i = 2; taken.contains(id); i++) {
            id = wished + "-" + i;
        }
        return id;
    }

    /** Of the same job: its newest earlier build whose report of this id passed its gates. */
    public static Optional<Reference> passedBefore(Run<?, ?> run, String id) {
        return earlier(run.getPreviousBuild(), id, PreflightReportAction::isPassed)
                .flatMap(BuildReports::reference);
    }

    /** Of another job: its newest completed build with a report of this id. */
    public static Optional<Reference> latest(Job<?, ?> job, String id) {
        return earlier(job.getLastCompletedBuild(), id, any -> true).flatMap(BuildReports::reference);
    }

    /** Since when the findings of the job's previous report of this id are there. */
    public static Map<String, Integer> firstSeen(Run<?, ?> run, String id) {
        return earlier(run.getPreviousBuild(), id, any -> true)
                .map(action -> action.history().firstSeen())
                .orElse(Map.of());
    }

    /**
     * An earlier build that succeeded.
     *
     * @param name for a heading: its number, and which one it is
     * @param recorded what its preflights and diagnoses read of the cluster
     */
    public record Succeeded(String name, RecordedState recorded) {}

    /**
     * Of the same job: the last build before this one that succeeded, had no trouble with a workflow, and recorded
     * something of this cluster.
     *
     * @param cluster the API server's URL
     */
    public static Optional<Succeeded> succeededBefore(Run<?, ?> run, String cluster) {
        Run<?, ?> last = run.getParent().getLastSuccessfulBuild();
        Run<?, ?> build = last;
        for (int i = 0; i < READ && build != null; i++) {
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

    /** What the preflights and diagnoses of a build read of a cluster; of an object the diagnosis counts, which is later. */
    public static RecordedState recorded(Run<?, ?> run, String cluster) {
        RecordedState all = RecordedState.NONE;
        for (PreflightReportAction action : run.getActions(PreflightReportAction.class)) {
            all = all.and(action.recorded().of(cluster));
        }
        WorkflowsAction workflows = run.getAction(WorkflowsAction.class);
        return workflows == null ? all : all.and(workflows.recorded(cluster));
    }

    private static Optional<PreflightReportAction> earlier(
            Run<?, ?> newest, String id, Predicate<PreflightReportAction> wanted) {
        Run<?, ?> run = newest;
        for (int i = 0; i < LOOKED_AT && run != null; i++) {
            for (PreflightReportAction action : run.getActions(PreflightReportAction.class)) {
                if (action.getId().equals(id) && wanted.test(action)) {
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
