package io.jenkins.plugins.argopreflight.architecture.lower;

/** Uses nothing. */
public final class Lower {}
