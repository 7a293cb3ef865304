package io.jenkins.plugins.argopreflight.engine;

/** The scenarios of several owners on the cluster in memory. */
class OwnerOnMemoryTest extends OwnerScenarios {

    private final Lab lab = new MemoryLab();

    @Override
    protected Lab lab() {
        return lab;
    }
}
