package io.jenkins.plugins.argopreflight.step.submit;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.config.Gates;
import io.jenkins.plugins.argopreflight.config.IgnoredCheck;
import io.jenkins.plugins.argopreflight.config.Lines;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightConfig;
import io.jenkins.plugins.argopreflight.step.preflight.WorkflowParameters;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The parameters of an {@code argoSubmit}: texts and the ids of credentials, never a secret. */
final class SubmitOrder implements Serializable {

    private static final long serialVersionUID = 1L;

    final ClusterChoice cluster;
    final String file;
    final String from;

    /** The parameter {@code manifest}; null in builds that an earlier version began. */
    private final String manifest;

    final ArrayList<String> parameters;

    /** The parameter {@code parameterFile}; null in builds that an earlier version began. */
    private final String parameterFile;

    final ArrayList<String> labels;
    final String namespace;
    final boolean preflight;
    final boolean wait;
    final boolean logs;
    final boolean executorLogs;
    final int timeoutMinutes;
    final String onAbort;
    final ArrayList<String> unstablePhases;
    final ArrayList<String> archiveOutputs;
    final String failOn;
    final String unstableOn;
    final ArrayList<IgnoredCheck> ignore;
    final boolean description;

    SubmitOrder(SubmitStep step, ClusterChoice cluster) {
        this.cluster = cluster;
        file = step.getFile();
        from = step.getFrom();
        manifest = step.getManifest();
        parameters = new ArrayList<>(step.getParameters());
        parameterFile = step.getParameterFile();
        labels = new ArrayList<>(step.getLabels());
        namespace = step.getNamespace();
        preflight = step.isPreflight();
        wait = step.isWait();
        logs = step.isLogs();
        executorLogs = step.isExecutorLogs();
        timeoutMinutes = step.getTimeoutMinutes();
        onAbort = step.getOnAbort();
        unstablePhases = new ArrayList<>(step.getUnstablePhases());
        archiveOutputs =
                new ArrayList<>(Lines.clean(List.of(step.getArchiveOutputs().split(","))));
        failOn = step.getFailOn();
        unstableOn = step.getUnstableOn();
        ignore = new ArrayList<>(step.getIgnore());
        description = step.isDescription();
    }

    /** Checks the parameters, without requests. */
    void check() throws AbortException {
        if (Stream.of(file, manifest(), from).filter(each -> !each.isEmpty()).count() != 1) {
            throw new AbortException(Messages.Submit_one());
        }
        WorkflowParameters.pairs("parameters", parameters);
        labelValues();
        try {
            OnAbort.of(onAbort);
            Gates.options(failOn, unstableOn, List.of());
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** Returns the parameters of the preflight. */
    PreflightConfig preflightConfig() {
        return new PreflightConfig()
                .checking(file, manifest(), from)
                .in(cluster, namespace)
                .withValues(parameters, parameterFile())
                .withGate(failOn, unstableOn, ignore)
                .withReport(Messages.Submit_report(), description);
    }

    /** Returns the workflow as YAML; "" for none. */
    String manifest() {
        return manifest == null ? "" : manifest;
    }

    /** Returns the file with parameters; "" for none. */
    String parameterFile() {
        return parameterFile == null ? "" : parameterFile;
    }

    Map<String, String> labelValues() throws AbortException {
        return WorkflowParameters.pairs("labels", labels);
    }
}
