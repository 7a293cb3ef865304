package io.jenkins.plugins.argopreflight.action;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** The trends of a job's reports. */
public final class TrendAction implements Action {

    private final Job<?, ?> job;

    private TrendAction(Job<?, ?> job) {
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** Returns a trend for each id of a report. The job's page and the page of this action show them. */
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

    /** Adds the action to jobs with a report. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        /** Limits the calls of the factory to look-ups of this action. */
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
