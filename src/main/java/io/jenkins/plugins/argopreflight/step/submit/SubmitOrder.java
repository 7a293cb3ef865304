package io.jenkins.plugins.argopreflight.step.submit;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.config.Gates;
import io.jenkins.plugins.argopreflight.config.IgnoredCheck;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import io.jenkins.plugins.argopreflight.step.Messages;
import io.jenkins.plugins.argopreflight.step.StepUsageException;
import io.jenkins.plugins.argopreflight.step.preflight.PreflightConfig;
import io.jenkins.plugins.argopreflight.step.preflight.WorkflowParameters;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an {@code argoSubmit}: texts and the ids of credentials, never a secret. {@link SubmitStep} sets the
 * fields before it starts. Running builds store them, so the names of the fields stay.
 */
final class SubmitOrder implements Serializable {

    private static final long serialVersionUID = 1L;

    ClusterChoice cluster = ClusterChoice.of(Map.of());
    String file = "";
    String from = "";

    /** The parameter {@code manifest}; null in builds that an earlier version began. */
    @Nullable
    String manifest = "";

    ArrayList<String> parameters = new ArrayList<>();

    /** The parameter {@code parameterFile}; null in builds that an earlier version began. */
    @Nullable
    String parameterFile = "";

    ArrayList<String> labels = new ArrayList<>();
    String namespace = "";
    boolean preflight = true;
    boolean wait = true;
    boolean logs = true;
    boolean executorLogs;
    int timeoutMinutes;
    String onAbort = OnAbort.STOP.word();
    ArrayList<String> unstablePhases = new ArrayList<>();
    ArrayList<String> archiveOutputs = new ArrayList<>();
    String failOn = "";
    String unstableOn = "";
    ArrayList<IgnoredCheck> ignore = new ArrayList<>();
    boolean description;

    /** Checks the parameters, without requests. */
    void check() throws AbortException {
        if (Stream.of(file, manifest(), from).filter(each -> !each.isEmpty()).count() != 1) {
            throw new StepUsageException(Messages.Submit_one());
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
