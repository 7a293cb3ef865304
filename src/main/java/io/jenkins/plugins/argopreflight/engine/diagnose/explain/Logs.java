package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.cluster.Objects;
import io.jenkins.plugins.argopreflight.engine.cluster.Once;
import io.jenkins.plugins.argopreflight.engine.cluster.Resource;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.FactReader;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.workflow.ControllerFlags;
import java.util.List;

/** Reads the ends of a few logs, so many at most in a run. */
final class Logs {

    private static final int LINES = 40;
    private static final int CONTROLLER_LINES = 2_000;
    private static final int CONTAINERS = 5;

    private final ClusterGateway cluster;
    private final FactReader reader;
    private final String argoNamespace;
    private final boolean containers;
    private final String workflow;
    private final Once<Fact<List<String>>> controller;
    private int read;

    /** @param containers whether logs of the workflow's containers are read */
    Logs(ClusterGateway cluster, String argoNamespace, boolean containers, String workflow) {
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
        return reader.log(namespace, pod, container, LINES);
    }

    /** The lines of the controller's log that name the workflow. */
    Fact<List<String>> controller() {
        return controller.get();
    }

    private Fact<List<String>> readController() {
        return cluster.controllerLog(CONTROLLER_LINES)
                .<Fact<List<String>>>map(Fact::known)
                .orElseGet(this::ofPods)
                .map(lines -> lines.stream().filter(this::isAbout).toList());
    }

    private Fact<List<String>> ofPods() {
        Fact<List<ObjectNode>> pods = reader.list(Resource.PODS, argoNamespace, "");
        if (pods instanceof Fact.Unknown<List<ObjectNode>> unknown) {
            return new Fact.Unknown<>(unknown.reason(), unknown.missingRight());
        }
        return pods.ifKnown().orElseThrow().stream()
                .filter(pod -> ControllerFlags.of(pod).isPresent())
                .findFirst()
                .map(pod -> reader.log(argoNamespace, Objects.name(pod), container(pod), CONTROLLER_LINES))
                .orElseGet(() -> Fact.unknown("no pod of the controller is in namespace " + argoNamespace));
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
