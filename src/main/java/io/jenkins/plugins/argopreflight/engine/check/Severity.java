package io.jenkins.plugins.argopreflight.engine.check;

/** How much a check's findings matter; the words are SARIF's levels. */
public enum Severity {
    /** A pod will not run. */
    ERROR,
    /** Something will go wrong in time, or can already. */
    WARNING,
    /** Worth knowing; no gate counts it. */
    NOTE
}
