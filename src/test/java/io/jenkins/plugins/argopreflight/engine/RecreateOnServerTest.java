package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.testing.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.Server;

/** The recreation scenarios on a real kube-apiserver. */
@NeedsServers(Server.CLUSTER)
class RecreateOnServerTest extends RecreateScenarios {

    private static Lab lab;

    @Override
    protected Lab lab() {
        lab = lab == null ? new RealLab() : lab;
        return lab;
    }
}
