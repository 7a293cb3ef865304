package io.jenkins.plugins.argopreflight.engine;

/** From which outcome on a preflight fails: {@code --fail-on}, {@code failOn}. Notes never count. */
public enum Gate {
    /** Any FAIL. */
    FAIL,
    /** Any FAIL or WARN. */
    WARN,
    /** Any FAIL, WARN or UNKNOWN. */
    UNKNOWN,
    /** Nothing: the report is for reading. */
    NEVER
}
