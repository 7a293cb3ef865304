package io.jenkins.plugins.argopreflight.engine.submit;

import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer.Output;
import java.util.List;

/** The archive of logs of pods that do not exist any more. */
@FunctionalInterface
public interface LogArchive {

    /**
     * Reads the last lines of an archived log.
     *
     * @param lines the maximum number of lines
     * @throws io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException if it cannot be read
     */
    List<String> read(Output log, int lines);
}
