package io.jenkins.plugins.argopreflight.action;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** The reports of a job, build by build. */
public final class TrendAction implements Action {

    private final Job<?, ?> job;

    private TrendAction(Job<?, ?> job) {
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** One a report's id; the job's page and this one show them. */
    public List<Trend> trends() {
        return Trend.of(job);
    }

    @Override
    public String getIconFileName() {
        return "symbol-paper-plane-outline";
    }

    @Override
    public String getDisplayName() {
        return Messages.displayName();
    }

    @Override
    public String getUrlName() {
        return "argo-preflight";
    }

    /** Adds it to jobs of which a build has a report. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        /** Jenkins does not ask for it when it looks for another action. */
        @Override
        public Class<? extends Action> actionType() {
            return TrendAction.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job target) {
            Job<?, ?> job = target;
            return BuildReports.existIn(job) ? List.of(new TrendAction(job)) : List.of();
        }
    }
}
