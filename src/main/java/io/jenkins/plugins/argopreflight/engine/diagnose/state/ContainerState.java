package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of a container in a pod's status.
 *
 * @param init whether it is an init container
 * @param sidecar whether it is an init container that restarts whenever it ends ({@code restartPolicy: Always})
 * @param terminated the end of the container; for a container that restarts repeatedly, its last end
 */
public record ContainerState(
        String name,
        boolean init,
        boolean sidecar,
        String image,
        String waitingReason,
        String waitingMessage,
        boolean running,
        Optional<Terminated> terminated) {

    /**
     * The containers of Argo that are not init containers, in the order in which it looks for the reason of a failure.
     */
    static final List<String> ARGO_CONTAINERS = List.of("main", "wait", "supervisor");

    /** The end of a container. */
    public record Terminated(String reason, int exitCode, String message, Optional<Instant> finished) {
        static Optional<Terminated> of(JsonNode state) {
            JsonNode ended = state.path("terminated");
            return ended.isObject()
                    ? Optional.of(new Terminated(
                            Json.text(ended, "reason"),
                            ended.path("exitCode").asInt(),
                            Json.text(ended, "message"),
                            Times.of(ended.path("finishedAt"))))
                    : Optional.empty();
        }
    }

    static ContainerState of(JsonNode status) {
        return of(status, /* init= */ false, /* sidecar= */ false);
    }

    /** Returns the state of an init container. */
    static ContainerState ofInit(JsonNode status, boolean sidecar) {
        return of(status, /* init= */ true, sidecar);
    }

    private static ContainerState of(JsonNode status, boolean init, boolean sidecar) {
        JsonNode state = status.path("state");
        return new ContainerState(
                Json.text(status, "name"),
                init,
                sidecar,
                Json.text(status, "image"),
                Json.text(state, "waiting", "reason"),
                Json.text(state, "waiting", "message"),
                state.path("running").isObject(),
                Terminated.of(state).or(() -> Terminated.of(status.path("lastState"))));
    }

    public boolean isWaiting() {
        return !waitingReason.isEmpty();
    }

    /** Returns whether the container ended and will not restart. */
    public boolean isEnded() {
        return terminated.isPresent() && !isWaiting() && !running;
    }

    /**
     * Returns whether the last end of the container had an exit code other than 0, and it does not run now. False for
     * an init container that restarts whenever it ends.
     */
    public boolean isFailed() {
        return terminated.filter(end -> end.exitCode() != 0).isPresent() && !running && !sidecar;
    }

    /** Returns whether the container runs beside the main container and is not one of Argo. */
    public boolean isSidecar() {
        return !init && !ARGO_CONTAINERS.contains(name);
    }

    /** Returns whether the container is a running init container that is not one of Argo. */
    public boolean isOwnInitRunning() {
        return init && running && !name.equals("init");
    }

    /** Returns the path of the container's state in the pod. */
    public String path() {
        return "status." + (init ? "initContainerStatuses" : "containerStatuses") + "[" + name + "].state";
    }
}
