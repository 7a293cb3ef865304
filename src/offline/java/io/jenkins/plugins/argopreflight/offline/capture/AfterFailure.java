package io.jenkins.plugins.argopreflight.offline.capture;

import java.util.List;

/**
 * What is captured besides, to diagnose workflows without the cluster.
 *
 * @param workflows their names; empty for none
 * @param logs whether the ends of the logs of their containers are captured
 */
public record AfterFailure(List<String> workflows, boolean logs) {

    /** Nothing besides: a snapshot for checks. */
    public static final AfterFailure NONE = new AfterFailure(List.of(), false);

    public AfterFailure {
        workflows = List.copyOf(workflows);
    }
}
