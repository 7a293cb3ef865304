package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.check.rules.CapabilityPrefix;
import io.jenkins.plugins.argopreflight.engine.check.rules.ContainerFsGroup;
import io.jenkins.plugins.argopreflight.engine.check.rules.DockerSocket;
import io.jenkins.plugins.argopreflight.engine.check.rules.FsGroupOnHostPath;
import io.jenkins.plugins.argopreflight.engine.check.rules.HostPathOwnership;
import io.jenkins.plugins.argopreflight.engine.check.rules.MissingKey;
import io.jenkins.plugins.argopreflight.engine.check.rules.MissingObject;
import io.jenkins.plugins.argopreflight.engine.check.rules.PrivilegedContainer;
import java.util.List;

/** All checks there are, in the order in which reports tell them. */
public final class Checks {

    private Checks() {}

    public static List<Check> all() {
        return List.of(
                MissingObject.secret(),
                MissingObject.configMap(),
                new MissingKey(),
                new CapabilityPrefix(),
                new ContainerFsGroup(),
                new FsGroupOnHostPath(),
                new HostPathOwnership(),
                new DockerSocket(),
                new PrivilegedContainer());
    }
}
