package io.jenkins.plugins.argopreflight.house.cellar;

/** Uses nothing. */
public final class Cellar {}
