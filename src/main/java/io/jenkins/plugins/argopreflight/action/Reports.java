package io.jenkins.plugins.argopreflight.action;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.action.History.Reference;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The reports of builds: where one is kept, and which one it is compared with. */
public final class Reports {

    private static final int LOOKED_AT = 50;

    private Reports() {}

    /** Keeps a report; its id is followed by a number when another of the build's reports has it. */
    public static PreflightReportAction record(Run<?, ?> run, ReportRecord recorded) throws IOException {
        synchronized (run) {
            List<PreflightReportAction> present = run.getActions(PreflightReportAction.class);
            for (PreflightReportAction left : present) {
                if (left.isOwnedBy(recorded.owner())) {
                    run.removeAction(left);
                }
            }
            Set<String> taken = present.stream()
                    .filter(action -> !action.isOwnedBy(recorded.owner()))
                    .map(PreflightReportAction::getId)
                    .collect(Collectors.toSet());
            String id = free(recorded.id(), taken);
            new ReportStore(run.getRootDir()).write(id, recorded.report(), recorded.history());
            PreflightReportAction action = new PreflightReportAction(id, recorded);
            run.addAction(action);
            run.save();
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
                .flatMap(Reports::reference);
    }

    /** Of another job: its newest completed build with a report of this id. */
    public static Optional<Reference> latest(Job<?, ?> job, String id) {
        return earlier(job.getLastCompletedBuild(), id, any -> true).flatMap(Reports::reference);
    }

    /** Since when the findings of the job's previous report of this id are there. */
    public static Map<String, Integer> firstSeen(Run<?, ?> run, String id) {
        return earlier(run.getPreviousBuild(), id, any -> true)
                .map(action -> action.history().firstSeen())
                .orElse(Map.of());
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
