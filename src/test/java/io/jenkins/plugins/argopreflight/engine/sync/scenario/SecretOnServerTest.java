package io.jenkins.plugins.argopreflight.engine.sync.scenario;

import io.jenkins.plugins.argopreflight.engine.lab.Lab;
import io.jenkins.plugins.argopreflight.engine.lab.RealLab;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Server;

/** The secret scenarios on a real kube-apiserver. */
@NeedsServers(Server.CLUSTER)
class SecretOnServerTest extends SecretScenarios {

    private static Lab lab;

    @Override
    protected Lab lab() {
        lab = lab == null ? new RealLab() : lab;
        return lab;
    }
}
