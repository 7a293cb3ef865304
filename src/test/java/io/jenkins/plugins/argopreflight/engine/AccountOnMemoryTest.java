package io.jenkins.plugins.argopreflight.engine;

/** The account scenarios on the cluster in memory. */
class AccountOnMemoryTest extends AccountScenarios {

    private final Lab lab = new MemoryLab();

    @Override
    protected Lab lab() {
        return lab;
    }
}
