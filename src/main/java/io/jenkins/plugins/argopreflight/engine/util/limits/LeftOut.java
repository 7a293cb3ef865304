package io.jenkins.plugins.argopreflight.engine.util.limits;

/**
 * An omission from the result of a run, usually because a limit was reached.
 *
 * @param what such as {@code the rest of workflow.yaml}
 * @param reason the limit or another reason, in a sentence
 */
public record LeftOut(String what, String reason) {}
