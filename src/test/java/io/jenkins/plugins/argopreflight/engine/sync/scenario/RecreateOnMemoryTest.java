package io.jenkins.plugins.argopreflight.engine.sync.scenario;

import io.jenkins.plugins.argopreflight.engine.lab.Lab;
import io.jenkins.plugins.argopreflight.engine.lab.MemoryLab;

/** The scenarios of a recreation on the cluster in memory. */
class RecreateOnMemoryTest extends RecreateScenarios {

    private final Lab lab = new MemoryLab();

    @Override
    protected Lab lab() {
        return lab;
    }
}
