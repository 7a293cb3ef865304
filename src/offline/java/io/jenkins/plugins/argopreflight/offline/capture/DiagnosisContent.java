package io.jenkins.plugins.argopreflight.offline.capture;

import java.util.List;

/**
 * The additional content of a snapshot for the diagnosis of workflows.
 *
 * @param workflows names of the workflows; empty for none
 * @param logs whether the last lines of the logs of their containers are captured
 */
public record DiagnosisContent(List<String> workflows, boolean logs) {

    /** A snapshot for checks, without additional content. */
    public static final DiagnosisContent NONE = new DiagnosisContent(List.of(), /* logs= */ false);

    public DiagnosisContent {
        workflows = List.copyOf(workflows);
    }
}
