package io.jenkins.plugins.argopreflight.engine.fact;

/**
 * A constant of an enum that says which of its causes a check found. Its label is in every report, and scripts compare
 * it: it stays the same forever ({@code docs/causes.md}).
 */
public interface CauseKind {

    String name();

    /** Such as {@code not-found}. */
    default String label() {
        return Label.of(name());
    }
}
