package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.testing.NeedsServers;

/** The account scenarios on a real kube-apiserver. */
@NeedsServers
class AccountOnServerTest extends AccountScenarios {

    private static Lab lab;

    @Override
    Lab lab() {
        lab = lab == null ? new RealLab() : lab;
        return lab;
    }
}
