package io.jenkins.plugins.argopreflight.engine.budget;

/**
 * Something that a run left out because a limit was reached.
 *
 * @param what such as {@code the rest of workflow.yaml}
 * @param reason the limit, in a sentence
 */
public record LeftOut(String what, String reason) {}
