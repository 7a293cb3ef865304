package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Certainty;
import io.jenkins.plugins.argopreflight.engine.argo.model.Concurrency;
import io.jenkins.plugins.argopreflight.engine.argo.model.ConcurrentPods;
import io.jenkins.plugins.argopreflight.engine.argo.model.NodeOrder;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodNames;
import io.jenkins.plugins.argopreflight.engine.argo.model.Provenance;
import io.jenkins.plugins.argopreflight.engine.argo.model.UnknownValues;
import io.jenkins.plugins.argopreflight.engine.argo.model.Unresolved;
import io.jenkins.plugins.argopreflight.engine.argo.template.Simulation;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.argo.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.text.Sha256;
import io.jenkins.plugins.argopreflight.engine.util.yaml.DocumentField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A collector of the distinct pods of a run, in the order in which the simulation reaches them. It also collects the
 * order of the nodes, the daemons beside each pod, and the nodes that the agent executes.
 */
public final class PodCollector {

    /** Approximate number of loops over all containers of a pod, for each of its containers. */
    private static final long LOOPS_PER_CONTAINER = 4;

    /** Unshared bytes of a pod. A pod with more is counted as several. */
    private static final int BYTES_PER_POD = 4_096;

    /** Approximate number of copies of a long text in a pod, such as the copy in ARGO_TEMPLATE. */
    private static final int COPIES_OF_TEXT = 4;

    /** Number of characters whose hash costs one unit of work. */
    private static final int CHARACTERS_PER_WORK_UNIT = 8;

    private final Simulation run;
    private final Map<String, ArgoPod> pods = new LinkedHashMap<>();
    private final List<ArtifactGc.SavedArtifact> savedArtifacts = new ArrayList<>();
    private final Map<ArgoPod, ConcurrentPods> daemonsByPod = new LinkedHashMap<>();
    private final NodeOrder order = new NodeOrder();
    private final Set<String> agentSecrets = new TreeSet<>();
    private @Nullable Certainty agentCertainty;
    /** Unshared bytes of all pods so far. */
    private long bytes;
    /** Number of pods that was charged so far. */
    private long charged;

    public PodCollector(Simulation run) {
        this.run = run;
    }

    public List<ArgoPod> pods() {
        return new ArrayList<>(pods.values());
    }

    /** Records an artifact that a pod saves. */
    void addSavedArtifact(ArtifactGc.SavedArtifact artifact) {
        savedArtifacts.add(artifact);
    }

    List<ArtifactGc.SavedArtifact> savedArtifacts() {
        return savedArtifacts;
    }

    /** Records the daemons that run while a pod certainly runs. */
    void addDaemons(ArgoPod pod, ConcurrentPods daemons) {
        if (!daemons.pods().isEmpty()) {
            daemonsByPod.putIfAbsent(pod, daemons);
        }
    }

    /** Returns the order of the nodes so far. Callers add to it. */
    public NodeOrder order() {
        return order;
    }

    /** Returns the pods that run at the same time, and the order of the nodes. */
    public Concurrency concurrency(ConcurrentPods widest) {
        return new Concurrency(widest.pods(), daemonsByPod, order);
    }

    /**
     * Records a node that the agent executes.
     *
     * @param secrets names of the Secrets that the agent reads from the API server for the node
     */
    public void addAgentNode(Certainty certainty, Collection<String> secrets) {
        agentSecrets.addAll(secrets);
        if (agentCertainty == null
                || certainty.conditions().size() < agentCertainty.conditions().size()) {
            agentCertainty = certainty;
        }
    }

    Set<String> agentSecrets() {
        return agentSecrets;
    }

    /** Returns the certainty with which the agent's pod runs; empty if no node needs the agent. */
    public Optional<Certainty> agentCertainty() {
        return Optional.ofNullable(agentCertainty)
                .map(each -> each.withTolerance(each.tolerance().refusalAsError()));
    }

    /**
     * Adds a pod, or adds the node to the existing pod if there is an equal one. Returns the pod of the node.
     *
     * @param found the template, null for a pod without a template
     */
    ArgoPod add(PodDraft draft, ArgoPod.Kind kind, TemplateCall call, TemplateHolder.@Nullable Found found) {
        ObjectNode pod = draft.pod();
        String name = UnknownValues.show(Json.text(draft.metadata(), "name"));
        UnknownValues.show(pod);
        String text = pod.toString();
        String key = key(text, name, call.nodeName());
        ArgoPod known = pods.get(key);
        String nodeName = UnknownValues.show(call.nodeName());
        if (known != null) {
            known.addNode(nodeName, call.certainty());
            return known;
        }
        long containers = pod.path("spec").path("containers").size()
                + (long) pod.path("spec").path("initContainers").size();
        run.budget.charge(Limit.WORK_UNITS, LOOPS_PER_CONTAINER * containers * containers);
        List<Unresolved> unresolved = new ArrayList<>();
        draft.metadata().put("name", name.replace("{{workflow.name}}", prefix() + "*"));
        addUnresolved(pod.get("spec"), new StringBuilder("spec"), unresolved);
        DocumentField field = found == null
                ? new DocumentField(call.document(), call.path())
                : new DocumentField(found.document(), found.path());
        String template = found == null ? "" : Json.text(found.template(), "name");
        ArgoPod created = new ArgoPod(
                        kind,
                        run.request.compact().of(pod, this::charge),
                        template,
                        field,
                        nodeName,
                        draft.lookUps(),
                        unresolved,
                        draft.provenance(),
                        call.certainty())
                .withLookUpAccount(run.spec());
        pods.put(key, created);
        return created;
    }

    /**
     * Charges the number of pods, or the number that their unshared bytes correspond to, whichever is larger. The first
     * pod has the bytes that the others share.
     */
    private void charge(long unsharedBytes) {
        bytes += unsharedBytes;
        long count = Math.max(pods.size() + 1L, bytes / BYTES_PER_POD);
        run.budget.charge(Limit.PODS, count - charged);
        charged = count;
    }

    private String prefix() {
        return run.mergedWorkflow.submitted().prefix();
    }

    /** Returns a hash of the pod without its names. The texts of many pods would take as much memory as the pods. */
    private String key(String text, String name, String nodeName) {
        run.budget.atMost(Limit.VALUE_CHARACTERS, text.length() / COPIES_OF_TEXT);
        run.budget.charge(Limit.WORK_UNITS, 1 + text.length() / CHARACTERS_PER_WORK_UNIT);
        String id = UnknownValues.show(PodNames.nodeId(run.workflowName, nodeName));
        return Sha256.of(text.replace(name, "pod")
                .replace(id, "node")
                .replace(UnknownValues.show(nodeName).replace("\\", "\\\\").replace("\"", "\\\""), "name"));
    }

    private String compactText(String text) {
        return run.request.compact().text(text);
    }

    /** Adds the unknown values, except those in Argo's own environment variables. */
    private void addUnresolved(JsonNode node, StringBuilder path, List<Unresolved> result) {
        int length = path.length();
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                path.append('.').append(field.getKey());
                addUnresolved(field.getValue(), path, result);
                path.setLength(length);
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                path.append('[').append(Provenance.nameOf(list.get(i), i)).append(']');
                addUnresolved(list.get(i), path, result);
                path.setLength(length);
            }
        } else if (node.isTextual() && node.asText().contains("{{") && path.indexOf("env[ARGO_") < 0) {
            for (String tag : UnknownValues.tags(Json.text(node))) {
                result.add(new Unresolved(
                        compactText(path.toString()),
                        compactText(tag),
                        compactText(run.unknowns.reason(tag)),
                        run.unknowns.isOfCaller(tag)));
            }
        }
    }
}
