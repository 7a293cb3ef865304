package io.jenkins.plugins.argopreflight.engine.check;

/** What a check comes to. "Could not check" is UNKNOWN: never PASS and never FAIL. */
public enum Outcome {
    /** Looked at, and well. */
    PASS,
    /** Works now, and will hurt; or can fail. */
    WARN,
    /** The workflow will not run, or not as it is meant. */
    FAIL,
    /** No one could look. */
    UNKNOWN,
    /** There is nothing here that it could judge. */
    SKIPPED
}
