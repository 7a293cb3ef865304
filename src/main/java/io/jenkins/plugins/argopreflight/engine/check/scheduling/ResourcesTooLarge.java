package io.jenkins.plugins.argopreflight.engine.check.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Existence.Ending;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.check.WorkflowPod;
import io.jenkins.plugins.argopreflight.engine.check.location.Amounts;
import io.jenkins.plugins.argopreflight.engine.check.location.ArgoContainers;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.location.SettingFix;
import io.jenkins.plugins.argopreflight.engine.facts.node.NodeFit.Obstacle;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.model.object.PodResources;
import io.jenkins.plugins.argopreflight.engine.model.object.Quantity;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A check for pods that request more than any node has. Source: kubernetes
 * pkg/scheduler/framework/plugins/noderesources.
 */
public final class ResourcesTooLarge extends Unschedulable {

    public ResourcesTooLarge() {
        super(
                CheckInfo.error("resources-too-large", "A pod requests more than any node has", Topic.CLUSTER)
                        .needing(Need.NODES, Need.CLUSTER_AUTOSCALER)
                        .alsoGiving(Outcome.WARN)
                        .ending(Ending.PENDING),
                Obstacle.RESOURCES);
    }

    @Override
    protected boolean concerns(WorkflowPod item) {
        return !PodResources.requested(item.pod().spec()).isEmpty();
    }

    @Override
    Finding check(StuckPod stuck) {
        String resource = stuck.closestFit().insufficientResources().get(0);
        String available = stuck.nodes().stream()
                .map(fit -> fit.node()
                        .path("status")
                        .path("allocatable")
                        .path(resource)
                        .asText("0"))
                .max(Comparator.comparing(ResourcesTooLarge::amount))
                .orElse("0");
        Requesters requesters = requesters(stuck.pod(), resource);
        boolean isOnNoNode = amount(available).isZero();
        String total = requesters.isSingle()
                ? requesters.amount()
                : PodResources.requested(stuck.pod().spec())
                        .get(resource)
                        .orElseGet(() -> amount(requesters.amount()))
                        .toString();
        String reason = isOnNoNode ? "no node has any" : "the largest node has " + available;
        List<String> notWrittenByUser =
                ArgoContainers.notWrittenByUser(stuck.facts(), stuck.pod(), requesters.containers());
        List<String> changeable = notWrittenByUser.contains(requesters.container()) ? notWrittenByUser : List.of();
        Subject subject = changeable.isEmpty()
                ? Places.of(stuck.workflow(), stuck.pod(), requesters.path())
                : SettingFix.place(stuck.facts(), stuck.workflow(), stuck.pod(), requesters.container(), "resources");
        return stuck.finding(
                        info(),
                        subject,
                        (requesters.isSingle() ? "Container " + requesters.container() : "The containers") + " of "
                                + stuck.description() + (requesters.isSingle() ? " requests " : " together request ")
                                + total
                                + " of " + resource
                                + (requesters.isSingle()
                                        ? ""
                                        : ", of which container " + requesters.container() + " requests most ("
                                                + requesters.amount() + ")")
                                + ", and " + reason + ". Its pod stays Pending " + stuck.ending())
                .title("No node has %s of %s", total, resource)
                .fix(RunCommands.of(Command.kubectl("get", "nodes", "-o")
                                .with(Operand.joined(
                                        Operand.text("custom-columns=NODE:.metadata.name,HAS:.status.allocatable."),
                                        Operand.text(resource.replace(".", "\\."))))
                                .requiring(Operand.qualified(resource)))
                        .because(
                                isOnNoNode
                                        ? "show which nodes have it, and check that its device plugin runs:"
                                        : "what the nodes have:"))
                .fix(
                        stuck.pod().origin(requesters.path()).source() == FieldSource.ADMISSION
                                ? writtenRequests(stuck, requesters, notWrittenByUser, resource)
                                : lowerRequest(
                                        stuck, requesters, changeable, Map.of(resource, isOnNoNode ? "0" : available)));
    }

    private static List<Fix> lowerRequest(
            StuckPod stuck, Requesters requesters, List<String> changeable, Map<String, String> maximum) {
        List<Fix> fixes = new ArrayList<>();
        fixes.add(AskPerson.reader("then lower the request at " + stuck.pod().origin(requesters.path())));
        fixes.addAll(SettingFix.of(
                stuck.facts(),
                stuck.workflow(),
                stuck.pod(),
                changeable,
                Amounts.resources(Map.of("requests", maximum))));
        return fixes;
    }

    /** Returns the fixes that write a request into the containers whose request comes from a LimitRange or webhook. */
    private static List<Fix> writtenRequests(
            StuckPod stuck, Requesters requesters, List<String> notWrittenByUser, String resource) {
        Yaml usual = Amounts.resources(Map.of("requests", Map.of(resource, Amounts.usual(resource))));
        List<String> others = requesters.containers().stream()
                .filter(name -> !notWrittenByUser.contains(name))
                .toList();
        List<Fix> fixes = new ArrayList<>(ArgoContainers.changes(
                stuck.workflow(),
                stuck.pod(),
                others,
                usual,
                "in the template, since a LimitRange or webhook gives each container without a request one:"));
        fixes.addAll(SettingFix.of(stuck.facts(), stuck.workflow(), stuck.pod(), notWrittenByUser, usual));
        fixes.add(Amounts.limitRanges(stuck.workflow().namespace()));
        return fixes;
    }

    private static Quantity amount(String text) {
        return Quantity.read(text).orElseGet(() -> Quantity.parse("0"));
    }

    /**
     * The containers that request a resource.
     *
     * @param container the name of the container with the largest request
     * @param path the path of the largest request in the pod
     * @param amount the largest request
     * @param containers the names of all containers that request the resource
     */
    record Requesters(String container, String path, String amount, List<String> containers) {

        boolean isSingle() {
            return containers.size() <= 1;
        }
    }

    /** Returns the containers of a pod that request a resource. */
    static Requesters requesters(ArgoPod pod, String resource) {
        Requesters largest = new Requesters("", "spec", "0", List.of());
        List<String> containers = new ArrayList<>();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : pod.spec().path(list)) {
                // For a container without a request, its limit is the request.
                JsonNode resources = container.path("resources");
                String field = resources.path("requests").has(resource) ? "requests" : "limits";
                String amount = Json.text(resources.path(field).path(resource));
                String name = Json.text(container, "name");
                if (amount(amount).signum() > 0) {
                    containers.add(name);
                }
                if (amount(amount).compareTo(amount(largest.amount())) > 0) {
                    String path = "spec." + list + "[" + name + "].resources." + field + "."
                            + (resource.contains(".") ? "" : resource);
                    largest = new Requesters(name, path.replaceFirst("\\.$", ""), amount, List.of());
                }
            }
        }
        return new Requesters(largest.container(), largest.path(), largest.amount(), containers);
    }
}
