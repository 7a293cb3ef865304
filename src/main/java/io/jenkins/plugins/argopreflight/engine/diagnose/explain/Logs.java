package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.FactReader;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Once;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.kubernetes.argoserver.ArgoServer.Output;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.text.ContainerText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The reader of the last lines of logs. It reads only a few logs in a run. */
final class Logs {

    private static final int MAX_LINES = 40;
    private static final int MAX_CONTROLLER_LINES = 2_000;
    private static final int MAX_CONTAINERS = 5;

    private final ClusterGateway cluster;
    private final FactReader reader;
    private final String argoNamespace;
    private final Optional<ArgoServer> argo;
    private final LogSource source;
    private final String workflow;
    private final Once<Fact<List<String>>> controller;
    private final Map<String, Fact.Unknown<List<String>>> unread = new LinkedHashMap<>();
    private int reads;
    private final Map<String, Fact<List<String>>> containers = new HashMap<>();

    /**
     * Creates a reader.
     *
     * @param argo the server with archived logs; empty for none
     * @param source the source of the lines of the workflow's containers
     */
    Logs(ClusterGateway cluster, Optional<ArgoServer> argo, String argoNamespace, LogSource source, String workflow) {
        this.argo = argo;
        this.cluster = cluster;
        this.reader = new FactReader(cluster);
        this.argoNamespace = argoNamespace;
        this.source = source;
        this.workflow = workflow;
        this.controller = new Once<>(this::readController);
    }

    /** Returns the last lines of a container's log. */
    Fact<List<String>> container(String namespace, String pod, String container) {
        return lines(
                "log of container " + container + " of pod " + pod + " in namespace " + namespace,
                pod,
                container,
                () -> reader.log(namespace, pod, container, MAX_LINES));
    }

    /**
     * Returns the last lines of a container's archived log, for a pod that was deleted.
     *
     * @param pod the name that the pod had
     */
    Fact<List<String>> archived(Output output, String pod, String container) {
        return lines(
                "archived log " + output.artifact() + " of node " + output.node(),
                pod,
                container,
                () -> argo.map(server -> archived(server, output)).orElseGet(() -> Fact.known(List.of())));
    }

    private static Fact<List<String>> archived(ArgoServer server, Output output) {
        try {
            return Fact.known(server.log(output, MAX_LINES));
        } catch (ClusterException e) {
            if (e.kind() == ClusterException.Kind.INTERRUPTED) {
                throw e;
            }
            return Fact.unknown(e.getMessage());
        }
    }

    /** Reads a log once. If it cannot be read, its lines are those that were streamed while the workflow ran. */
    private Fact<List<String>> lines(
            String description, String pod, String container, Supplier<Fact<List<String>>> read) {
        return containers.computeIfAbsent(description, absent -> {
            List<String> followed = source.followed().apply(pod, container);
            Fact<List<String>> lines = source.isRead() ? limited(read) : Fact.known(followed);
            if (lines.ifKnown().map(List::isEmpty).orElse(true) && !followed.isEmpty()) {
                lines = Fact.known(followed);
            }
            return recordUnread(description, lines)
                    .map(all ->
                            ContainerText.plain(all).stream().map(source.mask()).toList());
        });
    }

    private Fact<List<String>> limited(Supplier<Fact<List<String>>> read) {
        return ++reads > MAX_CONTAINERS
                ? Fact.unknown("the logs of " + MAX_CONTAINERS + " containers were read, and no others")
                : read.get();
    }

    private Fact<List<String>> recordUnread(String description, Fact<List<String>> log) {
        log.ifUnknown().ifPresent(unknown -> unread.put(description, unknown));
        return log;
    }

    /** Returns the logs that could not be read, with the reasons. */
    List<Diagnosis.Unknown> unread() {
        return unread.entrySet().stream()
                .map(each -> new Diagnosis.Unknown(
                        each.getKey(),
                        each.getValue().reason(),
                        each.getValue().missingRight().map(Object::toString).orElse(""),
                        /* asked= */ false))
                .toList();
    }

    /**
     * Returns the lines of the controller's log that contain the workflow's name.
     *
     * @param start whether lines with the reason why the controller does not start are added
     */
    Fact<List<String>> controller(boolean start) {
        return controller
                .get()
                .map(lines -> lines.stream()
                        .filter(line -> isAbout(line) || start && ControllerFlags.isOfStart(line))
                        .toList());
    }

    private Fact<List<String>> readController() {
        return cluster.controllerLog(MAX_CONTROLLER_LINES)
                .<Fact<List<String>>>map(Fact::known)
                .orElseGet(() -> recordUnread("the controller's log", readPods()));
    }

    private Fact<List<String>> readPods() {
        Fact<List<ObjectNode>> pods = reader.list(Resource.PODS, argoNamespace, "");
        return pods.flatMap(found -> found.stream()
                .filter(pod -> ControllerFlags.of(pod).isPresent())
                .findFirst()
                .map(pod -> reader.log(argoNamespace, KubeObjects.name(pod), container(pod), MAX_CONTROLLER_LINES))
                .orElseGet(() -> Fact.unknown("no pod of the controller is in namespace " + argoNamespace)));
    }

    private static String container(ObjectNode pod) {
        return Json.text(pod.path("spec").path("containers").path(0), "name");
    }

    /** Returns whether a line, in one of the controller's two log formats, is about the workflow. */
    private boolean isAbout(String line) {
        return line.contains("workflow=" + workflow + " ")
                || line.endsWith("workflow=" + workflow)
                || line.contains("\"workflow\":\"" + workflow + "\"");
    }
}
