package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.place.Amounts;
import io.jenkins.plugins.argopreflight.engine.check.place.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.check.place.SettingFix;
import io.jenkins.plugins.argopreflight.engine.collect.node.NodeFit.Obstacle;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.kube.PodResources;
import io.jenkins.plugins.argopreflight.engine.kube.Quantity;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A pod asks for more than any node has; source: kubernetes pkg/scheduler/framework/plugins/noderesources. */
public final class ResourcesTooLarge extends Unschedulable {

    public ResourcesTooLarge() {
        super("resources-too-large", "A pod requests more than any node has", Obstacle.RESOURCES);
    }

    @Override
    boolean asks(ArgoPod pod) {
        return !PodResources.requested(pod.spec()).isEmpty();
    }

    @Override
    Finding check(Stuck stuck) {
        String resource = Objects.requireNonNull(stuck.nearest().obstacles().get(Obstacle.RESOURCES))
                .replaceAll("Insufficient |,.*", "");
        String has = stuck.nodes().stream()
                .map(fit -> fit.node()
                        .path("status")
                        .path("allocatable")
                        .path(resource)
                        .asText("0"))
                .max(Comparator.comparing(ResourcesTooLarge::amount))
                .orElse("0");
        Asking asking = asking(stuck.pod(), resource);
        boolean nowhere = amount(has).isZero();
        String why = nowhere ? "no node has any" : "the largest node has " + has;
        List<String> asked = ArgoContainers.own(stuck.facts(), stuck.pod(), asking.likewise());
        List<String> own = asked.contains(asking.container()) ? asked : List.of();
        Subject subject = own.isEmpty()
                ? Places.of(stuck.workflow(), stuck.pod(), asking.path())
                : SettingFix.place(stuck.facts(), stuck.workflow(), stuck.pod(), asking.container(), "resources");
        return Finding.fail(
                        info(),
                        subject,
                        "Container " + asking.container() + " of " + stuck.description() + " requests "
                                + asking.amount()
                                + " of " + resource + ", and " + why
                                + (asking.alone() ? "" : " for all containers of the pod together")
                                + ". Its pod stays Pending forever.")
                .title("No node has %s of %s", asking.amount(), resource)
                .fix(
                        RunCommands.of(Command.kubectl("get", "nodes", "-o")
                                        .with(Operand.joined(
                                                Operand.text(
                                                        "custom-columns=NODE:.metadata.name,HAS:.status.allocatable."),
                                                Operand.text(resource.replace(".", "\\."))))
                                        .requiring(Operand.qualified(resource)))
                                .because(
                                        nowhere
                                                ? "show which nodes have it, and check that its device plugin runs:"
                                                : "what the nodes have:"),
                        AskPerson.reader(
                                "then lower the request at " + stuck.pod().origin(asking.path())))
                .fix(SettingFix.of(
                        stuck.facts(),
                        stuck.workflow(),
                        stuck.pod(),
                        own,
                        Amounts.resources(Map.of("requests", Map.of(resource, nowhere ? "0" : has)))));
    }

    private static Quantity amount(String text) {
        return Quantity.read(text).orElseGet(() -> Quantity.parse("0"));
    }

    /** The container that asks for most of it. */
    record Asking(String container, String path, String amount, boolean alone, List<String> likewise) {}

    static Asking asking(ArgoPod pod, String resource) {
        Asking most = new Asking("", "spec", "0", false, List.of());
        List<String> likewise = new ArrayList<>();
        int count = 0;
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : pod.spec().path(list)) {
                for (String field : List.of("requests", "limits")) {
                    String amount = container
                            .path("resources")
                            .path(field)
                            .path(resource)
                            .asText();
                    Quantity value = amount(amount);
                    if (value.signum() > 0) {
                        likewise.add(container.path("name").asText());
                    }
                    if (value.compareTo(amount(most.amount())) > 0) {
                        String name = container.path("name").asText();
                        String path = "spec." + list + "[" + name + "].resources." + field + "."
                                + (resource.contains(".") ? "" : resource);
                        most = new Asking(name, path.replaceFirst("\\.$", ""), amount, false, List.of());
                    }
                    count += value.signum();
                }
            }
        }
        return new Asking(most.container(), most.path(), most.amount(), count <= 2, likewise);
    }
}
