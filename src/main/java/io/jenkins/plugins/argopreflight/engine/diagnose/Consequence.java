package io.jenkins.plugins.argopreflight.engine.diagnose;

/**
 * An effect of a cause, such as "child failed" or "No more retries left".
 *
 * @param node the display name of the node; {@code ""} for the workflow
 * @param message the message of the node or workflow
 */
public record Consequence(String node, String message) {}
