package io.jenkins.plugins.argopreflight.step.submit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.argopreflight.action.WorkflowEntry;
import io.jenkins.plugins.argopreflight.action.WorkflowRecord;
import io.jenkins.plugins.argopreflight.action.WorkflowsAction;
import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.NodeState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.SharedReads;
import io.jenkins.plugins.argopreflight.engine.render.page.WorkflowGraph;
import io.jenkins.plugins.argopreflight.engine.submit.LogTails;
import io.jenkins.plugins.argopreflight.engine.submit.RunRecord;
import io.jenkins.plugins.argopreflight.engine.submit.Shutdown;
import io.jenkins.plugins.argopreflight.engine.submit.StoredRun;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import io.jenkins.plugins.argopreflight.step.BuildDescription;
import io.jenkins.plugins.argopreflight.step.BuildSecrets;
import io.jenkins.plugins.argopreflight.step.ClusterConnector;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepLog;
import io.jenkins.plugins.argopreflight.step.diagnose.StepDiagnosis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jspecify.annotations.Nullable;

/** The view of a followed workflow in its build: the graph on its page, and the causes on the page and in the log. */
final class RunView {

    private static final Logger LOGGER = Logger.getLogger(RunView.class.getName());

    /** The check that reports a workflow that was stopped and has not ended. */
    private static final String STOPPING = "stop-unfinished";

    private final RunRecord record;
    private final ClusterConnector connector;
    private final StepContext context;
    private final StepLog log;
    private final BuildSecrets secrets;
    private final LogTails tails = new LogTails();
    private final LogSource logs;
    private final boolean describes;
    private volatile Optional<ObjectNode> latest = Optional.empty();
    private volatile Optional<StepDiagnosis.Found> found = Optional.empty();
    private volatile String server = "";
    private volatile String reason = "";
    private Optional<Diagnosis> printed = Optional.empty();

    RunView(SubmitOrder order, RunRecord record, ClusterConnector connector, StepContext context)
            throws IOException, InterruptedException {
        this.record = record;
        this.connector = connector;
        this.context = context;
        this.log = StepLog.of(context);
        this.secrets = BuildSecrets.of(context);
        this.describes = order.description;
        String option = SubmitStep.FUNCTION + "(logs: true)";
        this.logs = order.logs ? LogSource.read(option).orFollowed(tails::of) : LogSource.unread(option);
    }

    /** Returns the last lines of the logs that are followed. */
    LogTails tails() {
        return tails;
    }

    /** Sets the address that pages must not show. */
    void hide(String address) {
        server = address;
    }

    /** Returns a sentence about the end of a workflow. */
    String end(ObjectNode workflow) {
        WorkflowState state = WorkflowState.of(secrets.mask(workflow));
        // A cause about the stop does not apply after the workflow has ended.
        found = found.filter(result -> !isOnlyStopping(result.diagnosis().causes()));
        return Messages.Workflow_ended(record.workflow(), state.phase())
                + (state.message().isEmpty() ? "" : ": " + Visible.joined(state.message(), " "));
    }

    private static boolean isOnlyStopping(List<Cause> causes) {
        return !causes.isEmpty()
                && causes.stream().allMatch(cause -> cause.check().equals(STOPPING));
    }

    /** Returns whether the workflow's spec has an exit handler, which runs after a stop. */
    boolean hasExitHandler() {
        return latest.map(workflow -> Stream.of("/spec/onExit", "/status/storedWorkflowTemplateSpec/onExit")
                        .anyMatch(path -> !Json.text(workflow.at(path)).isEmpty()))
                .orElse(false);
    }

    /** Returns the failure for a workflow that cannot continue; empty if it possibly can. */
    Optional<AbortException> stuck(StepDiagnosis.Found result) {
        return result.diagnosis()
                .permanent()
                .map(cause -> new AbortException(Messages.Workflow_stuckBecause(record.workflow(), cause.title())));
    }

    /** Returns a sentence about a workflow that runs for too long. */
    String late(int minutes) {
        return Messages.Submit_late(record.workflow(), minutes);
    }

    /** Returns a sentence about a workflow that was deleted, and shows that phase on the page. */
    String deleted() {
        latest.ifPresent(workflow -> {
            ObjectNode gone = workflow.deepCopy();
            gone.withObject("/status")
                    .put("phase", WorkflowEntry.DELETED)
                    .put("message", Messages.Submit_deletedPhase());
            latest = Optional.of(gone);
        });
        return Messages.Workflow_deleted(record.workflow());
    }

    void changed(ObjectNode workflow) {
        latest = Optional.of(workflow);
    }

    /**
     * Sets the reason for the end of the workflow on the page.
     *
     * @param cause the cause of the abort; an interruption or null has no reason for the page
     */
    void because(@Nullable Throwable cause) {
        reason = cause instanceof AbortException ? String.valueOf(cause.getMessage()) : "";
    }

    private WorkflowState shown(ObjectNode workflow) {
        ObjectNode shown = workflow;
        if (!reason.isEmpty()) {
            shown = workflow.deepCopy();
            String message = Json.text(shown.at("/status/message"));
            shown.withObject("/status").put("message", reason + (message.isEmpty() ? "" : " (" + message + ")"));
        }
        return WorkflowState.of(secrets.mask(shown));
    }

    /** Updates the build's page. */
    void show() {
        if (latest.isEmpty()) {
            return;
        }
        Optional<Diagnosis> diagnosis = found.map(StepDiagnosis.Found::diagnosis);
        try {
            WorkflowsAction.record(
                    context.get(Run.class),
                    new WorkflowRecord(
                            record.id,
                            SubmitStep.FUNCTION,
                            WorkflowGraph.of(shown(latest.get()), diagnosis, this::logLabel),
                            diagnosis,
                            server,
                            context.get(FlowNode.class).getId(),
                            found.map(StepDiagnosis.Found::recorded).orElse(RecordedState.NONE)));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> record.name + " cannot be shown on its build's page");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Adds the cause to the description of the build if the step requests it.
     *
     * @param sentence the error of the step, for a workflow without a cause; "" for none
     */
    void describe(String sentence) {
        if (!describes) {
            return;
        }
        try {
            new BuildDescription(context.get(Run.class)).addWorkflow(record.id);
            if (!sentence.isEmpty()) {
                BuildDescription.addSentence(context, record.id, SubmitStep.FUNCTION, sentence);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> record.name + " cannot be described at its build");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String logLabel(NodeState node) {
        synchronized (record) {
            return record.labels.getOrDefault(node.id(), "");
        }
    }

    /**
     * Diagnoses a stopped workflow, so that the page shows who stopped it. A cause that was found before stays on the
     * page.
     */
    void diagnoseStopped(SharedReads.Run reads) {
        Optional<StepDiagnosis.Found> earlier =
                found.filter(result -> !result.diagnosis().causes().isEmpty());
        diagnose(reads);
        found = earlier.or(() -> found);
    }

    /** Diagnoses the workflow. A new result is printed in the log once. Empty if nothing could be checked. */
    synchronized Optional<StepDiagnosis.Found> diagnose(SharedReads.Run reads) {
        try {
            StepDiagnosis.Found result = new StepDiagnosis(connector, context.get(Run.class), secrets)
                    .find(record.namespace, record.name, "", logs, reads);
            printIfNew(result);
            found = Optional.of(result);
            show();
            return found;
        } catch (IOException e) {
            log.println(Messages.Submit_undiagnosed(record.workflow(), String.valueOf(e.getMessage())));
        } catch (RuntimeException | Error e) {
            // The sentence has only the class, since the message could contain a secret.
            LOGGER.log(Level.WARNING, e, () -> "workflow " + record.name + " could not be diagnosed");
            log.println(Messages.Submit_undiagnosed(
                    record.workflow(),
                    Messages.ArchivedOutputs_internal(e.getClass().getSimpleName())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /** Prints a diagnosis with causes or changes, unless it is equal to the one that was printed last. */
    private void printIfNew(StepDiagnosis.Found result) {
        Diagnosis diagnosis = result.diagnosis();
        if (diagnosis.causes().isEmpty() && diagnosis.changed().isEmpty()) {
            return;
        }
        Optional<Diagnosis> part = Optional.of(result.forLog());
        if (!printed.equals(part)) {
            printed = part;
            log.print(result.lines());
        }
    }

    /** Returns a sentence about credentials or a connection that does not work at the moment. */
    static String delayed(RunRecord record, ClusterException failure, Duration pause) {
        return Messages.Submit_delayed(record.workflow(), failure.getMessage(), pause.toSeconds());
    }

    /** Returns a sentence about a lost connection, with what happens to the workflow. */
    static String lost(StoredRun stored) {
        return stored.onAbort.equals(OnAbort.LEAVE.word())
                ? Messages.Submit_lost(stored.record.workflow())
                : Messages.Submit_lostForNow(stored.record.workflow());
    }

    /** Returns a sentence about a workflow that did not end after it was stopped. */
    static String unended(RunRecord record) {
        return record.shutdown.equals(Shutdown.TERMINATE.value())
                ? Messages.Submit_unended(record.workflow())
                : Messages.Submit_unsent(record.workflow());
    }
}
