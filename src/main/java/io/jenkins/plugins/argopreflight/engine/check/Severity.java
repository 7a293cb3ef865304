package io.jenkins.plugins.argopreflight.engine.check;

/** The severity of a check's findings; the names are SARIF's levels. */
public enum Severity {
    /** A pod will not run. */
    ERROR,
    /** A problem will occur later, or can occur already. */
    WARNING,
    /** Information that never fails a build. */
    NOTE
}
