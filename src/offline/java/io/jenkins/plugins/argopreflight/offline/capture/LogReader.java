package io.jenkins.plugins.argopreflight.offline.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.offline.snapshot.UnreadResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A reader for the last lines of the logs that a diagnosis uses. It reads a limited number of containers and lines,
 * pods that have not succeeded first.
 */
final class LogReader {

    private static final int MAX_CONTAINERS = 40;
    private static final int MAX_LINES = 200;
    private static final int MAX_CONTROLLER_LINES = 2_000;
    private static final String WORKFLOW = "workflows.argoproj.io/workflow";

    private final ClusterGateway cluster;
    private final DiagnosisContent diagnosis;
    private final Map<String, List<String>> logs = new TreeMap<>();
    private final List<UnreadResource> unread = new ArrayList<>();

    LogReader(ClusterGateway cluster, DiagnosisContent diagnosis) {
        this.cluster = cluster;
        this.diagnosis = diagnosis;
    }

    /** Returns the logs by the path of their file in the snapshot's folder. */
    Map<String, List<String>> logs() {
        return logs;
    }

    /** Returns the logs that could not be read, or were left out. */
    List<UnreadResource> unread() {
        return unread;
    }

    /** Reads the logs of the containers of the workflows' pods. */
    void containers(Stream<ObjectNode> pods) {
        List<ObjectNode> workflowPods = pods.filter(pod ->
                        diagnosis.workflows().contains(KubeObjects.labels(pod).getOrDefault(WORKFLOW, "")))
                .sorted(Comparator.comparing(
                        pod -> Json.text(pod, "status", "phase").equals("Succeeded")))
                .toList();
        for (ObjectNode pod : workflowPods) {
            Stream.of("initContainers", "containers")
                    .flatMap(list -> KubeObjects.names(pod.path("spec").path(list)).stream())
                    .filter(container -> hasBegun(pod, container))
                    .forEach(container -> container(pod, container));
        }
    }

    private static boolean hasBegun(ObjectNode pod, String container) {
        for (String list : List.of("initContainerStatuses", "containerStatuses")) {
            for (JsonNode status : pod.path("status").path(list)) {
                if (Json.text(status, "name").equals(container)) {
                    return status.path("state").has("running")
                            || status.path("state").has("terminated")
                            || status.path("lastState").has("terminated");
                }
            }
        }
        return false;
    }

    private void container(ObjectNode pod, String container) {
        if (logs.size() < MAX_CONTAINERS) {
            read(
                    SnapshotGateway.logFile(KubeObjects.namespace(pod), KubeObjects.name(pod), container),
                    pod,
                    container,
                    MAX_LINES);
        } else if (logs.size() == MAX_CONTAINERS
                && unread.stream().noneMatch(each -> each.name().isEmpty())) {
            unread.add(new UnreadResource(
                    "pods/log",
                    KubeObjects.namespace(pod),
                    "",
                    "the logs of " + MAX_CONTAINERS + " containers were read; further ones were not",
                    Optional.empty()));
        }
    }

    /**
     * Reads the lines of the controller's log that contain the name of a workflow, or the reason why the controller
     * does not start.
     */
    void controller(List<ObjectNode> pods) {
        Optional<List<String>> captured = cluster.controllerLog(MAX_CONTROLLER_LINES);
        if (captured.isPresent()) {
            logs.put("controller.log", relevant(captured.get()));
            return;
        }
        pods.stream()
                .filter(pod -> ControllerFlags.of(pod).isPresent())
                .findFirst()
                .ifPresent(pod -> {
                    String container =
                            Json.text(pod.path("spec").path("containers").path(0), "name");
                    read("controller.log", pod, container, MAX_CONTROLLER_LINES);
                    logs.computeIfPresent("controller.log", (file, lines) -> relevant(lines));
                });
    }

    private List<String> relevant(List<String> lines) {
        return lines.stream()
                .filter(line -> ControllerFlags.isOfStart(line)
                        || diagnosis.workflows().stream().anyMatch(line::contains))
                .toList();
    }

    /** Reads a log, or records why it is missing. */
    private void read(String file, ObjectNode pod, String container, int lines) {
        String namespace = KubeObjects.namespace(pod);
        try {
            List<String> log = cluster.log(namespace, KubeObjects.name(pod), container, lines);
            if (logs.putIfAbsent(file, log) != null) {
                unread.add(new UnreadResource(
                        "pods/log",
                        namespace,
                        KubeObjects.name(pod),
                        "the file " + file + " has the log of another container",
                        Optional.empty()));
            }
        } catch (ClusterException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            unread.add(new UnreadResource(
                    "pods/log",
                    namespace,
                    KubeObjects.name(pod),
                    e.getMessage(),
                    e.kind() == Kind.FORBIDDEN
                            ? Optional.of(new Right("get", "", "pods", "log", namespace, ""))
                            : Optional.empty()));
        }
    }
}
