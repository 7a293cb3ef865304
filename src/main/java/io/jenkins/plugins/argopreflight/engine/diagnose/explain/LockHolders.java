package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.cluster.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.FactReader;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.Observed;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the holders of a lock that the workflow waits for still run: {@code status.synchronization} names them as
 * {@code NAMESPACE/WORKFLOW} or {@code NAMESPACE/WORKFLOW/NODE}.
 */
final class LockHolders {

    private static final int ASKED = 5;

    private final Observed observed;
    private final WorkflowState workflow;
    private final FactReader reader;

    LockHolders(Observed observed, WorkflowState workflow, ClusterGateway cluster) {
        this.observed = observed;
        this.workflow = workflow;
        this.reader = new FactReader(cluster);
    }

    /** What hangs about its locks; nothing when their holders run, or could not be read. */
    List<Hangs.Hang> hangs() {
        List<Hangs.Hang> hangs = new ArrayList<>();
        Map<String, List<String>> holders = holders();
        holders.forEach((lock, keys) -> {
            if (keys.isEmpty()) {
                return;
            }
            if (keys.stream().allMatch(this::isItself)) {
                hangs.add(hang("lock-held-by-itself", lock, keys.get(0)));
            } else if (keys.stream().allMatch(this::isGone)) {
                hangs.add(hang("lock-holder-gone", lock, keys.get(0)));
            }
        });
        noCapacity().ifPresent(hangs::add);
        return hangs;
    }

    private Map<String, List<String>> holders() {
        Map<String, List<String>> holders = new LinkedHashMap<>();
        for (String kind : List.of("mutex", "semaphore")) {
            for (JsonNode waiting : workflow.locks().path(kind).path("waiting")) {
                List<String> keys = new ArrayList<>();
                JsonNode all = waiting.path("holders");
                all.forEach(key -> keys.add(key.asText("")));
                String one = Objects.text(waiting, "holder");
                if (!one.isEmpty()) {
                    keys.add(one);
                }
                if (keys.size() <= ASKED) {
                    holders.put(Objects.text(waiting, kind), keys);
                }
            }
        }
        return holders;
    }

    /** Whether the workflow as a whole has the lock, and so one of its own templates waits for it. */
    private boolean isItself(String key) {
        return workflow.started()
                && !workflow.phase().equals("Pending")
                && key.equals(workflow.namespace() + "/" + workflow.name())
                && workflow.spec().path("synchronization").isObject();
    }

    private boolean isGone(String key) {
        String[] parts = key.split("/", -1);
        String namespace = parts.length > 1 ? parts[0] : workflow.namespace();
        String name = parts.length > 1 ? parts[1] : parts[0];
        Fact<Optional<ObjectNode>> holder = reader.get(Resource.WORKFLOWS, namespace, name);
        return holder.ifKnown()
                .map(found -> found.isEmpty()
                        || List.of("Succeeded", "Failed", "Error")
                                .contains(Objects.text(found.get(), "status", "phase")))
                .orElse(false);
    }

    /** {@code Waiting for NS/ConfigMap/CM/KEY lock. Lock status: 0/0}: no one holds it, and there is none to get. */
    private Optional<Hangs.Hang> noCapacity() {
        return Stream.concat(
                        Stream.of(workflow.message()),
                        workflow.nodes().values().stream()
                                .filter(node -> node.isUnfinished())
                                .map(node -> node.message()))
                .filter(message -> message.startsWith("Waiting for ") && message.endsWith("Lock status: 0/0"))
                .findFirst()
                .map(message -> hang(
                        "lock-without-capacity",
                        message.substring("Waiting for ".length(), message.indexOf(" lock")),
                        message.substring("Waiting for ".length(), message.indexOf(" lock"))));
    }

    private Hangs.Hang hang(String entry, String lock, String key) {
        String[] parts = key.split("/", -1);
        boolean map = parts.length > 2 && parts[1].equals("ConfigMap");
        return Hangs.hang(
                Suspect.WORKFLOW,
                entry,
                Hangs.evidence(
                        "Workflow " + workflow.namespace() + "/" + workflow.name(),
                        "status.synchronization",
                        lock + " is held by " + key),
                Map.of(
                        "lock", lock,
                        "holder-namespace", parts.length > 1 ? parts[0] : observed.namespace(),
                        "holder", map ? parts[2] : parts.length > 1 ? parts[1] : parts[0]));
    }
}
