package io.jenkins.plugins.argopreflight.engine.diagnose.explain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.FactReader;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.ObservedState;
import io.jenkins.plugins.argopreflight.engine.diagnose.state.WorkflowState;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The holders of the locks for which the workflow waits. {@code status.synchronization} lists them as
 * {@code NAMESPACE/WORKFLOW} or {@code NAMESPACE/WORKFLOW/NODE}.
 */
final class LockHolders {

    private static final int MAX_HOLDERS = 5;

    private final ObservedState observed;
    private final WorkflowState workflow;
    private final FactReader reader;

    LockHolders(ObservedState observed, WorkflowState workflow, ClusterGateway cluster) {
        this.observed = observed;
        this.workflow = workflow;
        this.reader = new FactReader(cluster);
    }

    /** Returns the hangs at locks; none if the holders run or could not be read. */
    List<HangDetector.Hang> hangs() {
        List<HangDetector.Hang> hangs = new ArrayList<>();
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
                all.forEach(key -> keys.add(Json.text(key)));
                String holder = Json.text(waiting, "holder");
                if (!holder.isEmpty()) {
                    keys.add(holder);
                }
                if (keys.size() <= MAX_HOLDERS) {
                    holders.put(Json.text(waiting, kind), keys);
                }
            }
        }
        return holders;
    }

    /** Returns whether the holder is this workflow, so that one of its own templates waits for it. */
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
                        || List.of("Succeeded", "Failed", "Error").contains(Json.text(found.get(), "status", "phase")))
                .orElse(false);
    }

    /**
     * Returns the hang at a lock without capacity: {@code Waiting for NS/ConfigMap/CM/KEY lock. Lock status: 0/0}. It
     * has no holder, and cannot be acquired.
     */
    private Optional<HangDetector.Hang> noCapacity() {
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

    private HangDetector.Hang hang(String entry, String lock, String key) {
        String[] parts = key.split("/", -1);
        boolean isConfigMap = parts.length > 2 && parts[1].equals("ConfigMap");
        return HangDetector.hang(
                Suspect.WORKFLOW,
                entry,
                HangDetector.evidence(
                        "Workflow " + workflow.namespace() + "/" + workflow.name(),
                        "status.synchronization",
                        lock + " is held by " + key),
                Map.of(
                        "lock", lock,
                        "holder-namespace", parts.length > 1 ? parts[0] : observed.namespace(),
                        "holder", isConfigMap ? parts[2] : parts.length > 1 ? parts[1] : parts[0]));
    }
}
