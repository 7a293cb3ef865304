package io.jenkins.plugins.argopreflight.engine.argo.model;

import java.util.Set;

/**
 * The names of the containers that Argo adds to the pod of a node. Source: argo-workflows workflow/common/common.go and
 * workflow/controller/workflowpod.go.
 */
public final class ContainerNames {

    /** The containers of the executor. With initlessPod.enabled, Argo 4.1 has a supervisor in place of the other two. */
    public static final Set<String> EXECUTOR = Set.of("init", "wait", "supervisor");

    /** The beginning of the name of an artifact driver that is a sidecar; its end is the name of the driver. */
    public static final String DRIVER_SIDECAR = "artifact-plugin-";

    /** The beginning of the name of an artifact driver that is an init container; its end is the name of the driver. */
    public static final String DRIVER_INIT = "init-artifact-";

    private ContainerNames() {}

    /** Returns whether a container is an artifact driver. */
    public static boolean isDriver(String container) {
        return container.startsWith(DRIVER_SIDECAR) || container.startsWith(DRIVER_INIT);
    }

    /** Returns the name of the artifact driver of a container; the container's name if it is none. */
    public static String driver(String container) {
        return isDriver(container)
                ? container.substring((container.startsWith(DRIVER_INIT) ? DRIVER_INIT : DRIVER_SIDECAR).length())
                : container;
    }
}
