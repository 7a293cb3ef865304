package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Once;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServer.Output;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.LogSource;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.FactReader;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.ContainerText;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ControllerFlags;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the ends of a few logs, so many at most in a run. */
final class Logs {

    private static final int LINES = 40;
    private static final int CONTROLLER_LINES = 2_000;
    private static final int CONTAINERS = 5;

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
     * @param argo where archived logs are; empty for nowhere
     * @param source of the lines of the workflow's containers
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

    /** The last lines of a container's log. */
    Fact<List<String>> container(String namespace, String pod, String container) {
        return lines(
                "log of container " + container + " of pod " + pod + " in namespace " + namespace,
                pod,
                container,
                () -> reader.log(namespace, pod, container, LINES));
    }

    /**
     * The last lines of a container's archived log, for a pod that is gone.
     *
     * @param pod the name that it had
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
            return Fact.known(server.log(output, LINES));
        } catch (ClusterException e) {
            if (e.kind() == ClusterException.Kind.INTERRUPTED) {
                throw e;
            }
            return Fact.unknown(e.getMessage());
        }
    }

    /** Reads a log once; lines that were followed count where none can be read. */
    private Fact<List<String>> lines(String what, String pod, String container, Supplier<Fact<List<String>>> read) {
        return containers.computeIfAbsent(what, any -> {
            List<String> followed = source.followed().apply(pod, container);
            Fact<List<String>> lines = source.isRead() ? limited(read) : Fact.known(followed);
            if (lines.ifKnown().map(List::isEmpty).orElse(true) && !followed.isEmpty()) {
                lines = Fact.known(followed);
            }
            return noted(what, lines)
                    .map(all ->
                            ContainerText.plain(all).stream().map(source.mask()).toList());
        });
    }

    private Fact<List<String>> limited(Supplier<Fact<List<String>>> read) {
        return ++reads > CONTAINERS
                ? Fact.unknown("the logs of " + CONTAINERS + " containers were read, and no others")
                : read.get();
    }

    private Fact<List<String>> noted(String what, Fact<List<String>> log) {
        log.ifUnknown().ifPresent(unknown -> unread.put(what, unknown));
        return log;
    }

    /** The logs that could not be read, and why. */
    List<Diagnosis.Unknown> unread() {
        return unread.entrySet().stream()
                .map(each -> new Diagnosis.Unknown(
                        each.getKey(),
                        each.getValue().reason(),
                        each.getValue().missingRight().map(Object::toString).orElse(""),
                        false))
                .toList();
    }

    /**
     * The lines of the controller's log that name the workflow.
     *
     * @param start with those that say why the controller does not start
     */
    Fact<List<String>> controller(boolean start) {
        return controller
                .get()
                .map(lines -> lines.stream()
                        .filter(line -> isAbout(line) || start && ControllerFlags.isOfStart(line))
                        .toList());
    }

    private Fact<List<String>> readController() {
        return cluster.controllerLog(CONTROLLER_LINES)
                .<Fact<List<String>>>map(Fact::known)
                .orElseGet(() -> noted("the controller's log", ofPods()));
    }

    private Fact<List<String>> ofPods() {
        Fact<List<ObjectNode>> pods = reader.list(Resource.PODS, argoNamespace, "");
        return pods.flatMap(found -> found.stream()
                .filter(pod -> ControllerFlags.of(pod).isPresent())
                .findFirst()
                .map(pod -> reader.log(argoNamespace, Objects.name(pod), container(pod), CONTROLLER_LINES))
                .orElseGet(() -> Fact.unknown("no pod of the controller is in namespace " + argoNamespace)));
    }

    private static String container(ObjectNode pod) {
        return Objects.text(pod.path("spec").path("containers").path(0), "name");
    }

    /** As both of its log formats write it. */
    private boolean isAbout(String line) {
        return line.contains("workflow=" + workflow + " ")
                || line.endsWith("workflow=" + workflow)
                || line.contains("\"workflow\":\"" + workflow + "\"");
    }
}
