package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import java.util.Optional;

/**
 * The {@code when} of a step or task after substitution: govaluate, in which bare words are strings. Source:
 * argo-workflows workflow/controller/steps.go (shouldExecute).
 */
public final class When {

    private When() {}

    /** Whether it runs; empty when that cannot be told now. */
    public static Optional<Boolean> decide(String when) {
        if (when.isBlank()) {
            return Optional.of(true);
        }
        if (when.contains("{{")) {
            return Optional.empty();
        }
        try {
            Object value = new Parser(when, true, name -> Optional.empty()).whole();
            return value instanceof Boolean decision ? Optional.of(decision) : Optional.empty();
        } catch (IllegalArgumentException notUnderstood) {
            return Optional.empty();
        }
    }
}
