package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterException;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Once;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServer;
import io.jenkins.plugins.argopreflight.engine.cluster.argo.ArgoServer.Output;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.FactReader;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.fix.ContainerText;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ControllerFlags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the ends of a few logs, so many at most in a run. */
final class Logs {

    private static final int LINES = 40;
    private static final int CONTROLLER_LINES = 2_000;
    private static final int CONTAINERS = 5;

    private final ClusterGateway cluster;
    private final FactReader reader;
    private final String argoNamespace;
    private final Optional<ArgoServer> argo;
    private final boolean containers;
    private final String workflow;
    private final Once<Fact<List<String>>> controller;
    private final Map<String, Fact.Unknown<List<String>>> unread = new LinkedHashMap<>();
    private int read;

    /**
     * @param argo where archived logs are; empty for nowhere
     * @param containers whether logs of the workflow's containers are read
     */
    Logs(ClusterGateway cluster, Optional<ArgoServer> argo, String argoNamespace, boolean containers, String workflow) {
        this.argo = argo;
        this.cluster = cluster;
        this.reader = new FactReader(cluster);
        this.argoNamespace = argoNamespace;
        this.containers = containers;
        this.workflow = workflow;
        this.controller = new Once<>(this::readController);
    }

    /** The last lines of a container's log. */
    Fact<List<String>> container(String namespace, String pod, String container) {
        if (!containers) {
            return Fact.unknown("logs are not read unless they are asked for");
        }
        if (++read > CONTAINERS) {
            return Fact.unknown("the logs of " + CONTAINERS + " containers were read; further ones were not");
        }
        return noted(
                "log of container " + container + " of pod " + pod + " in namespace " + namespace,
                reader.log(namespace, pod, container, LINES).map(ContainerText::plain));
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

    /** The last lines of a container's archived log, for a pod that is gone. */
    Fact<List<String>> archived(Output output) {
        if (!containers || argo.isEmpty()) {
            return Fact.unknown("logs are not read unless they are asked for, and archived ones from Argo Server");
        }
        if (++read > CONTAINERS) {
            return Fact.unknown("the logs of " + CONTAINERS + " containers were read; further ones were not");
        }
        String what = "archived log " + output.artifact() + " of node " + output.node();
        try {
            return Fact.known(ContainerText.plain(argo.get().log(output, LINES)));
        } catch (ClusterException e) {
            if (e.kind() == ClusterException.Kind.INTERRUPTED) {
                throw e;
            }
            return noted(what, Fact.unknown(e.getMessage()));
        }
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
