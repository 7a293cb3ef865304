package io.jenkins.plugins.argopreflight.engine.model.fact;

/**
 * A constant of an enum of the causes that a check can find. Its label is in every report, and scripts compare it: it
 * stays the same forever ({@code docs/causes.md}).
 */
public interface CauseKind {

    String name();

    /** The name of the cause in reports, such as {@code not-found}. */
    default String label() {
        return Label.of(name());
    }
}
