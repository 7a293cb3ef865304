package io.jenkins.plugins.argopreflight.engine.workflow.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Json;
import io.jenkins.plugins.argopreflight.engine.workflow.model.PodNames;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Provenance;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unknowns;
import io.jenkins.plugins.argopreflight.engine.workflow.model.Unresolved;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateCall;
import io.jenkins.plugins.argopreflight.engine.workflow.template.TemplateHolder;
import io.jenkins.plugins.argopreflight.engine.workflow.template.WalkState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The distinct pods of a run, in the order in which they were met. */
public final class PodCollector {

    /** How often what is about one container of a pod goes through all of them. */
    private static final long LOOKS = 4;

    /** A pod with a longer JSON text counts as several. */
    private static final int LARGE = 16_384;

    /** A long text is in a pod several times, as in its template that Argo adds. */
    private static final int TEXTS = 4;

    private final WalkState run;
    private final Map<String, ArgoPod> pods = new LinkedHashMap<>();
    private final Map<JsonNode, JsonNode> parts = new HashMap<>();
    private final List<ArtifactGc.Produced> produced = new ArrayList<>();

    public PodCollector(WalkState run) {
        this.run = run;
    }

    public List<ArgoPod> pods() {
        return new ArrayList<>(pods.values());
    }

    /** Notes an artifact that a pod leaves. */
    void produced(ArtifactGc.Produced artifact) {
        produced.add(artifact);
    }

    List<ArtifactGc.Produced> produced() {
        return produced;
    }

    /** Adds a pod, or one that is the same; {@code found} is null for pods that have no template. */
    ArgoPod add(PodDraft draft, ArgoPod.Kind kind, TemplateCall call, TemplateHolder.@Nullable Found found) {
        ObjectNode pod = draft.pod();
        String name = Unknowns.show(Json.text(draft.metadata(), "name"));
        Unknowns.show(pod);
        String text = pod.toString();
        String key = key(text, name, call.nodeName());
        ArgoPod known = pods.get(key);
        String nodeName = Unknowns.show(call.nodeName());
        if (known != null) {
            known.again(nodeName, call.certainty());
            return known;
        }
        run.budget.charge(Limit.PODS, 1 + text.length() / LARGE);
        long containers = pod.path("spec").path("containers").size()
                + (long) pod.path("spec").path("initContainers").size();
        run.budget.charge(Limit.WORK, LOOKS * containers * containers);
        List<Unresolved> unresolved = new ArrayList<>();
        draft.metadata().put("name", name.replace("{{workflow.name}}", prefix() + "*"));
        unresolved(pod.get("spec"), new StringBuilder("spec"), unresolved);
        share(pod.get("spec"));
        Location location = found == null
                ? call.document().locate(call.path())
                : found.document().locate(found.path());
        String template = found == null ? "" : Json.text(found.template(), "name");
        ArgoPod made = new ArgoPod(
                        kind,
                        pod,
                        template,
                        location,
                        nodeName,
                        draft.lookUps(),
                        unresolved,
                        draft.provenance(),
                        call.certainty())
                .lookUpAs(run.spec());
        pods.put(key, made);
        return made;
    }

    /** Makes equal parts one: most of what Argo adds is the same in every container. */
    private JsonNode share(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(share(field.getValue())));
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, share(list.get(i)));
            }
        }
        JsonNode known = parts.putIfAbsent(node, node);
        return known == null ? node : known;
    }

    private String prefix() {
        return run.exec.submitted().prefix();
    }

    /** What the pod is but for its names. */
    private String key(String text, String name, String nodeName) {
        run.budget.atMost(Limit.VALUE, text.length() / TEXTS);
        run.budget.charge(Limit.WORK, 1 + text.length() / 8);
        String id = Unknowns.show(PodNames.nodeId(run.workflowName, nodeName));
        return digest(text.replace("\"" + name + "\"", "\"pod\"")
                .replace(name, "pod")
                .replace(id, "node")
                .replace(Unknowns.show(nodeName).replace("\\", "\\\\").replace("\"", "\\\""), "name"));
    }

    /** Texts of many pods would take as much memory as the pods. */
    private static String digest(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Finds what is not known; paths are made only for what is found. */
    private void unresolved(JsonNode node, StringBuilder path, List<Unresolved> to) {
        int length = path.length();
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                path.append('.').append(field.getKey());
                unresolved(field.getValue(), path, to);
                path.setLength(length);
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                path.append('[').append(Provenance.nameOf(list.get(i), i)).append(']');
                unresolved(list.get(i), path, to);
                path.setLength(length);
            }
        } else if (node.isTextual() && node.asText().contains("{{") && path.indexOf("env[ARGO_") < 0) {
            for (String tag : Unknowns.tags(node.asText())) {
                to.add(new Unresolved(path.toString(), tag, run.unknowns.reason(tag)));
            }
        }
    }
}
