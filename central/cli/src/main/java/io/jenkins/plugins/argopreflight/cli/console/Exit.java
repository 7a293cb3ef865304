package io.jenkins.plugins.argopreflight.cli.console;

/** The exit codes that scripts rely on. */
public final class Exit {

    /** Done, and nothing found. */
    public static final int OK = 0;
    /** Something was refused, failed, or found. */
    public static final int FINDINGS = 1;
    /** Bad usage or bad input. */
    public static final int USAGE = 2;
    /** What was asked could not be checked. */
    public static final int COULD_NOT_CHECK = 3;

    private Exit() {}
}
