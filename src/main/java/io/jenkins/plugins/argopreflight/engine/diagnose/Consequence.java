package io.jenkins.plugins.argopreflight.engine.diagnose;

/**
 * What happened only because of a cause, such as "child failed" or "No more retries left".
 *
 * @param node display name of the node; "" for the workflow
 * @param message what it says
 */
public record Consequence(String node, String message) {}
