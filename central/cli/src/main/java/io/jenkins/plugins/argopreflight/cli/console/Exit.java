package io.jenkins.plugins.argopreflight.cli.console;

/** The exit codes for scripts. */
public final class Exit {

    /** The command succeeded and found no problem. */
    public static final int OK = 0;
    /** The command found a problem, or something was refused or failed. */
    public static final int FINDINGS = 1;
    /** The arguments or the input are invalid. */
    public static final int USAGE = 2;
    /** Something requested could not be checked. */
    public static final int COULD_NOT_CHECK = 3;

    private Exit() {}
}
