package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.testing.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.Server;

/** The races on a real kube-apiserver. */
@NeedsServers(Server.CLUSTER)
class RaceOnServerTest extends RaceScenarios {

    private static Lab lab;

    @Override
    protected Lab lab() {
        lab = lab == null ? new RealLab() : lab;
        return lab;
    }
}
