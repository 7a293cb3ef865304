package io.jenkins.plugins.argopreflight.engine.diagnose;

/**
 * What waits as it is meant to: no failure.
 *
 * @param node display name of the node; "" for the workflow
 * @param reason what it waits for, in a sentence
 * @param since when it began to wait (ISO 8601); "" when that is not known
 */
public record Waiting(String node, String reason, String since) {}
