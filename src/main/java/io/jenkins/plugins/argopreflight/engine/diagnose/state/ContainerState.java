package io.jenkins.plugins.argopreflight.engine.diagnose.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One container of a pod as its status has it.
 *
 * @param init whether it is an init container
 * @param sidecar whether it is an init container that starts again whenever it ends ({@code restartPolicy: Always})
 * @param terminated how it ended; of a container that starts again and again, how it ended last
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

    /** Argo's containers beside init containers, in its order of blame. */
    static final List<String> ARGOS = List.of("main", "wait", "supervisor");

    /** How a container ended. */
    public record Terminated(String reason, int exitCode, String message, Optional<Instant> finished) {
        static Optional<Terminated> of(JsonNode state) {
            JsonNode ended = state.path("terminated");
            return ended.isObject()
                    ? Optional.of(new Terminated(
                            Objects.text(ended, "reason"),
                            ended.path("exitCode").asInt(),
                            Objects.text(ended, "message"),
                            Times.of(ended.path("finishedAt"))))
                    : Optional.empty();
        }
    }

    static ContainerState of(JsonNode status, boolean init, boolean sidecar) {
        JsonNode state = status.path("state");
        return new ContainerState(
                Objects.text(status, "name"),
                init,
                sidecar,
                Objects.text(status, "image"),
                Objects.text(state, "waiting", "reason"),
                Objects.text(state, "waiting", "message"),
                state.path("running").isObject(),
                Terminated.of(state).or(() -> Terminated.of(status.path("lastState"))));
    }

    public boolean isWaiting() {
        return !waitingReason.isEmpty();
    }

    /** Whether it ended, and is not about to start again. */
    public boolean isEnded() {
        return terminated.isPresent() && !isWaiting() && !running;
    }

    /** Whether it ended with an exit code other than 0, and that is the end of its pod. */
    public boolean isFailed() {
        return terminated.filter(end -> end.exitCode() != 0).isPresent() && !running && !sidecar;
    }

    /** Whether it runs beside main, and is not Argo's. */
    public boolean isSidecar() {
        return !init && !ARGOS.contains(name);
    }

    /** Whether it is an init container that is not Argo's, and runs. */
    public boolean isOwnInitRunning() {
        return init && running && !name.equals("init");
    }

    /** Where its status is. */
    public String path() {
        return "status." + (init ? "initContainerStatuses" : "containerStatuses") + "[" + name + "].state";
    }
}
