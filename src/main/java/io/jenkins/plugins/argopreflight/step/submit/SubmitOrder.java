package io.jenkins.plugins.argopreflight.step.submit;

import hudson.AbortException;
import io.jenkins.plugins.argopreflight.config.IgnoredCheck;
import io.jenkins.plugins.argopreflight.step.ClusterChoice;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one {@code argoSubmit} shall do: texts and the ids of credentials, never a secret. */
final class SubmitOrder implements Serializable {

    private static final long serialVersionUID = 1L;

    final ClusterChoice cluster;
    final String file;
    final String from;
    final ArrayList<String> parameters;
    final ArrayList<String> labels;
    final String namespace;
    final boolean preflight;
    final boolean wait;
    final boolean logs;
    final int timeoutMinutes;
    final String onAbort;
    final ArrayList<String> unstablePhases;
    final String failOn;
    final String unstableOn;
    final ArrayList<IgnoredCheck> ignore;

    SubmitOrder(SubmitStep step) {
        cluster = step.clusterChoice();
        file = step.getFile();
        from = step.getFrom();
        parameters = new ArrayList<>(step.getParameters());
        labels = new ArrayList<>(step.getLabels());
        namespace = step.getNamespace();
        preflight = step.isPreflight();
        wait = step.isWait();
        logs = step.isLogs();
        timeoutMinutes = step.getTimeoutMinutes();
        onAbort = step.getOnAbort();
        unstablePhases = new ArrayList<>(step.getUnstablePhases());
        failOn = step.getFailOn();
        unstableOn = step.getUnstableOn();
        ignore = new ArrayList<>(step.getIgnore());
    }

    /** What makes no sense, before anything is asked. */
    void check() throws AbortException {
        if (file.isEmpty() == from.isEmpty()) {
            throw new AbortException(
                    "argoSubmit submits one workflow: give it file: 'workflow.yaml' (in the workspace), or"
                            + " from: 'workflowtemplate/NAME' (in the cluster)");
        }
        pairs("parameters", parameters);
        pairs("labels", labels);
    }

    Map<String, String> parameterValues() throws AbortException {
        return pairs("parameters", parameters);
    }

    Map<String, String> labelValues() throws AbortException {
        return pairs("labels", labels);
    }

    private static Map<String, String> pairs(String name, List<String> list) throws AbortException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String each : list) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new AbortException(name + ": each is NAME=VALUE, as argo submit takes it, and one of them has no"
                        + " name with an equals sign");
            }
            values.put(each.substring(0, equals).strip(), each.substring(equals + 1));
        }
        return values;
    }
}
