package io.jenkins.plugins.argopreflight.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AsyncPeriodicWork;
import hudson.model.TaskListener;
import java.time.Clock;
import java.time.Duration;
import java.util.logging.Level;

/** The hourly work that reads when the clusters' credentials expire. */
@Extension
public class CredentialReading extends AsyncPeriodicWork {

    public CredentialReading() {
        super("Argo Preflight credentials that end");
    }

    @Override
    public long getRecurrencePeriod() {
        return Duration.ofHours(1).toMillis();
    }

    @Override
    protected Level getNormalLoggingLevel() {
        return Level.FINE;
    }

    @Override
    protected void execute(TaskListener listener) {
        ExtensionList.lookupSingleton(CredentialMonitor.class).read(Clock.systemUTC());
    }
}
