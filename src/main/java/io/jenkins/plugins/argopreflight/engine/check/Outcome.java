package io.jenkins.plugins.argopreflight.engine.check;

/** The outcome of a check. "Could not check" is UNKNOWN: never PASS and never FAIL. */
public enum Outcome {
    /** The check found no problem. */
    PASS,
    /** The workflow runs now, but a problem will or can follow. */
    WARN,
    /** The workflow will not run, or not as intended. */
    FAIL,
    /** The facts could not be checked. */
    UNKNOWN,
    /** There is nothing to check. */
    SKIPPED
}
