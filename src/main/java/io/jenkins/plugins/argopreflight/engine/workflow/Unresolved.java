package io.jenkins.plugins.argopreflight.engine.workflow;

/**
 * A value that is not known before the workflow runs.
 *
 * @param path the pod's field in which it stands
 * @param variable such as {@code steps.build.outputs.result}
 * @param reason why it is not known
 */
public record Unresolved(String path, String variable, String reason) {}
