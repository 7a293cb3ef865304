package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.action.History;
import io.jenkins.plugins.argopreflight.action.PreflightReportAction;
import io.jenkins.plugins.argopreflight.action.Redacted;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.render.text.Brief;
import io.jenkins.plugins.argopreflight.step.BuildDescription;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepLog;
import io.jenkins.plugins.argopreflight.step.UnstableBuild;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightRunner.Found;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Reports the build what a preflight came to: a few lines in its log, and its result. */
final class BuildOutcome {

    private static final int SHOWN = 3;

    private final StepContext context;
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final StepLog log;

    BuildOutcome(StepContext context) throws IOException, InterruptedException {
        this.context = context;
        this.run = context.get(Run.class);
        this.listener = context.get(TaskListener.class);
        this.log = new StepLog(listener.getLogger());
    }

    void record(Found found, History history, PreflightReportAction action) throws IOException {
        List<Finding> decided = found.verdict().counted();
        List<Finding> all = found.report().findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .toList();
        new Brief(SHOWN)
                .lines(found.report(), decided.isEmpty() ? all : decided)
                .forEach(line -> log.println(Redacted.text(found.report(), line)));
        if (found.newOnly()) {
            log.println(found.reference()
                    .map(reference -> Messages.Preflight_compared(
                            reference.name(),
                            history.fresh().size(),
                            history.fixed().size(),
                            history.answeredCount()))
                    .orElseGet(Messages::Preflight_noReference));
        }
        listener.getLogger().print(Messages.Preflight_report() + " ");
        listener.hyperlink("/" + run.getUrl() + action.getUrlName() + "/", address(action));
        listener.getLogger().println();
    }

    /** Adds the reason why the build does not pass to its description. */
    void describe(Found found, PreflightReportAction action) throws IOException {
        for (String line : found.verdict().headline(found.report()).stream().toList()) {
            new BuildDescription(run)
                    .add(
                            action.getDisplayName() + ": " + Redacted.text(found.report(), line),
                            action.getUrlName() + "/");
        }
    }

    /** The report's address; below Jenkins' root where Jenkins knows no address of its own. */
    String address(PreflightReportAction action) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "" : root) + run.getUrl() + action.getUrlName() + "/";
    }

    /** The build, and the stage in which the step is. */
    void markUnstable(String why) throws IOException, InterruptedException {
        UnstableBuild.mark(context, log, why);
    }
}
