package io.jenkins.plugins.argopreflight.engine;

/** The rights scenarios on the cluster in memory. */
class RightsOnMemoryTest extends RightsScenarios {

    private final Lab lab = new MemoryLab();

    @Override
    protected Lab lab() {
        return lab;
    }
}
