package io.jenkins.plugins.argopreflight.engine.submit;

import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServer.Output;
import java.util.List;

/** Where the logs of pods are that do not exist any more. */
@FunctionalInterface
public interface LogArchive {

    /**
     * The last lines of an archived log.
     *
     * @param lines how many at most
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException when it cannot be read
     */
    List<String> read(Output log, int lines);
}
