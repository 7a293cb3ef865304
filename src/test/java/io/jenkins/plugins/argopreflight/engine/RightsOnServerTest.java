package io.jenkins.plugins.argopreflight.engine;

import io.jenkins.plugins.argopreflight.testing.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.Server;

/** The rights scenarios on a real kube-apiserver. */
@NeedsServers(Server.CLUSTER)
class RightsOnServerTest extends RightsScenarios {

    private static Lab lab;

    @Override
    protected Lab lab() {
        lab = lab == null ? new RealLab() : lab;
        return lab;
    }
}
