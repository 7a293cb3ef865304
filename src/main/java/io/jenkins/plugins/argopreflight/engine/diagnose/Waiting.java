package io.jenkins.plugins.argopreflight.engine.diagnose;

/**
 * A node or workflow that waits as intended.
 *
 * @param node the display name of the node; {@code ""} for the workflow
 * @param reason the reason of the wait, in a sentence
 * @param since the start of the wait (ISO 8601); {@code ""} if it is unknown
 */
public record Waiting(String node, String reason, String since) {}
