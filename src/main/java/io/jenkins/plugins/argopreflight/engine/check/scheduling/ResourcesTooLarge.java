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
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.kube.PodResources;
import io.jenkins.plugins.argopreflight.engine.kube.Quantity;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
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
        String all = asking.alone()
                ? asking.amount()
                : PodResources.requested(stuck.pod().spec())
                        .get(resource)
                        .orElseGet(() -> amount(asking.amount()))
                        .toString();
        String why = nowhere ? "no node has any" : "the largest node has " + has;
        List<String> asked = ArgoContainers.own(stuck.facts(), stuck.pod(), asking.likewise());
        List<String> own = asked.contains(asking.container()) ? asked : List.of();
        Subject subject = own.isEmpty()
                ? Places.of(stuck.workflow(), stuck.pod(), asking.path())
                : SettingFix.place(stuck.facts(), stuck.workflow(), stuck.pod(), asking.container(), "resources");
        return stuck.finding(
                        info(),
                        subject,
                        (asking.alone() ? "Container " + asking.container() : "The containers") + " of "
                                + stuck.description() + (asking.alone() ? " requests " : " together request ") + all
                                + " of " + resource
                                + (asking.alone()
                                        ? ""
                                        : ", of which container " + asking.container() + " requests most ("
                                                + asking.amount() + ")")
                                + ", and " + why + ". Its pod stays Pending " + stuck.ending())
                .title("No node has %s of %s", all, resource)
                .fix(RunCommands.of(Command.kubectl("get", "nodes", "-o")
                                .with(Operand.joined(
                                        Operand.text("custom-columns=NODE:.metadata.name,HAS:.status.allocatable."),
                                        Operand.text(resource.replace(".", "\\."))))
                                .requiring(Operand.qualified(resource)))
                        .because(
                                nowhere
                                        ? "show which nodes have it, and check that its device plugin runs:"
                                        : "what the nodes have:"))
                .fix(
                        stuck.pod().origin(asking.path()).source() == FieldSource.ADMISSION
                                ? instead(stuck, asking, asked, resource)
                                : lower(stuck, asking, own, Map.of(resource, nowhere ? "0" : has)));
    }

    private static List<Fix> lower(Stuck stuck, Asking asking, List<String> own, Map<String, String> most) {
        List<Fix> fixes = new ArrayList<>();
        fixes.add(AskPerson.reader("then lower the request at " + stuck.pod().origin(asking.path())));
        fixes.addAll(SettingFix.of(
                stuck.facts(), stuck.workflow(), stuck.pod(), own, Amounts.resources(Map.of("requests", most))));
        return fixes;
    }

    /** Requests of their own for the containers that a LimitRange or webhook gives some. */
    private static List<Fix> instead(Stuck stuck, Asking asking, List<String> own, String resource) {
        Yaml small = Amounts.resources(Map.of("requests", Map.of(resource, Amounts.usual(resource))));
        List<String> users =
                asking.likewise().stream().filter(name -> !own.contains(name)).toList();
        List<Fix> fixes = new ArrayList<>(ArgoContainers.changes(
                stuck.workflow(),
                stuck.pod(),
                users,
                small,
                "in the template, since a LimitRange or webhook gives each container without a request one:"));
        fixes.addAll(SettingFix.of(stuck.facts(), stuck.workflow(), stuck.pod(), own, small));
        fixes.add(Amounts.limitRanges(stuck.workflow().namespace()));
        return fixes;
    }

    private static Quantity amount(String text) {
        return Quantity.read(text).orElseGet(() -> Quantity.parse("0"));
    }

    /** The container that asks for most of it, and all that ask for some. */
    record Asking(String container, String path, String amount, List<String> likewise) {

        boolean alone() {
            return likewise.size() <= 1;
        }
    }

    static Asking asking(ArgoPod pod, String resource) {
        Asking most = new Asking("", "spec", "0", List.of());
        List<String> likewise = new ArrayList<>();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : pod.spec().path(list)) {
                // A limit is a request where there is none.
                JsonNode resources = container.path("resources");
                String field = resources.path("requests").has(resource) ? "requests" : "limits";
                String amount = resources.path(field).path(resource).asText("");
                String name = container.path("name").asText("");
                if (amount(amount).signum() > 0) {
                    likewise.add(name);
                }
                if (amount(amount).compareTo(amount(most.amount())) > 0) {
                    String path = "spec." + list + "[" + name + "].resources." + field + "."
                            + (resource.contains(".") ? "" : resource);
                    most = new Asking(name, path.replaceFirst("\\.$", ""), amount, List.of());
                }
            }
        }
        return new Asking(most.container(), most.path(), most.amount(), likewise);
    }
}
