package io.jenkins.plugins.argopreflight.engine.budget;

/**
 * Something that a run left out, as a rule because a limit was reached.
 *
 * @param what such as {@code the rest of workflow.yaml}
 * @param reason the limit, or what else is in the way, in a sentence
 */
public record LeftOut(String what, String reason) {}
