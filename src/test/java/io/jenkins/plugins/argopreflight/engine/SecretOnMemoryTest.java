package io.jenkins.plugins.argopreflight.engine;

/** The scenarios of the Secret on the cluster in memory. */
class SecretOnMemoryTest extends SecretScenarios {

    private final Lab lab = new MemoryLab();

    @Override
    protected Lab lab() {
        return lab;
    }
}
