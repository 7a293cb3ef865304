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
import io.jenkins.plugins.argopreflight.step.preflight.PreflightRunner.Evaluation;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The output of a preflight in its build: a few lines in the log, the description, and the build's result. */
final class BuildOutcome {

    private static final int MAX_SHOWN_FINDINGS = 3;

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

    void record(Evaluation evaluation, History history, PreflightReportAction action) throws IOException {
        List<Finding> decided = evaluation.verdict().counted();
        List<Finding> all = evaluation.report().findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .toList();
        new Brief(MAX_SHOWN_FINDINGS)
                .lines(evaluation.report(), decided.isEmpty() ? all : decided)
                .forEach(line -> log.println(Redacted.text(evaluation.report(), line)));
        if (evaluation.newOnly()) {
            log.println(evaluation
                    .reference()
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
    void describe(Evaluation evaluation, PreflightReportAction action) throws IOException {
        for (String line :
                evaluation.verdict().headline(evaluation.report()).stream().toList()) {
            new BuildDescription(run)
                    .add(
                            action.getDisplayName() + ": " + Redacted.text(evaluation.report(), line),
                            action.getUrlName() + "/");
        }
    }

    /** Returns the URL of the report's page, relative to Jenkins' root if Jenkins has no root URL. */
    String address(PreflightReportAction action) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? "" : root) + run.getUrl() + action.getUrlName() + "/";
    }

    /** Marks the build and the stage around the step as unstable. */
    void markUnstable(String reason) throws IOException, InterruptedException {
        UnstableBuild.mark(context, log, reason);
    }
}
