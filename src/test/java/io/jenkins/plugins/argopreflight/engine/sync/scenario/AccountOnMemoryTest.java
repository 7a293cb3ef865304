package io.jenkins.plugins.argopreflight.engine.sync.scenario;

import io.jenkins.plugins.argopreflight.engine.lab.Lab;
import io.jenkins.plugins.argopreflight.engine.lab.MemoryLab;

/** The account scenarios on the cluster in memory. */
class AccountOnMemoryTest extends AccountScenarios {

    private final Lab lab = new MemoryLab();

    @Override
    protected Lab lab() {
        return lab;
    }
}
