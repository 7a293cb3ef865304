package io.jenkins.plugins.argopreflight.engine.sync.scenario;

import io.jenkins.plugins.argopreflight.engine.lab.Lab;
import io.jenkins.plugins.argopreflight.engine.lab.MemoryLab;

/** The scenarios of several owners on the cluster in memory. */
class OwnerOnMemoryTest extends OwnerScenarios {

    private final Lab lab = new MemoryLab();

    @Override
    protected Lab lab() {
        return lab;
    }
}
