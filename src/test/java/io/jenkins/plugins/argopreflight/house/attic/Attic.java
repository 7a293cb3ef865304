package io.jenkins.plugins.argopreflight.house.attic;

import io.jenkins.plugins.argopreflight.house.cellar.Cellar;

/** Uses the cellar; {@code ArchitectureTest} draws it with and without an arrow. */
public final class Attic {

    public Cellar below() {
        return new Cellar();
    }
}
