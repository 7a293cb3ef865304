package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.Provenance;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A pod during its creation, with the sources of its fields. */
public final class PodDraft {

    /** Characters in the JSON of one small field. */
    private static final int FIELD_CHARACTERS = 40;

    private ObjectNode metadata = Json.object();
    private ObjectNode spec = Json.object();
    private final Provenance provenance = new Provenance();
    private long copiedFields;
    private final List<String> lookUps = new ArrayList<>();

    public ObjectNode metadata() {
        return metadata;
    }

    public ObjectNode spec() {
        return spec;
    }

    public Provenance provenance() {
        return provenance;
    }

    /** Returns the names of the containers whose command the controller looks up. Callers add to the list. */
    List<String> lookUps() {
        return lookUps;
    }

    void replaceSpec(ObjectNode newSpec) {
        spec = newSpec;
    }

    void replace(JsonNode pod) {
        metadata = (ObjectNode) pod.get("metadata");
        spec = (ObjectNode) pod.get("spec");
    }

    public ObjectNode pod() {
        ObjectNode pod = Json.object();
        pod.set("metadata", metadata);
        pod.set("spec", spec);
        return pod;
    }

    /** Counts fields that are copied into another container, and throws if the pod is then too large to be stored. */
    void countCopies(int fields) {
        copiedFields += fields;
        Budget.current().atMost(Limit.VALUE_CHARACTERS, copiedFields * FIELD_CHARACTERS);
    }

    ArrayNode volumes() {
        return Json.listOf(spec, "volumes");
    }

    ArrayNode containers() {
        return Json.listOf(spec, "containers");
    }

    ArrayNode initContainers() {
        return Json.listOf(spec, "initContainers");
    }

    Optional<ObjectNode> container(String name) {
        return Json.find(containers(), name).map(ObjectNode.class::cast);
    }

    /** Returns the names of the volumes that the pod has so far. */
    Set<String> volumeNames() {
        return Json.byName(volumes()).keySet();
    }

    void addVolume(JsonNode volume) {
        volumes().add(volume.deepCopy());
    }

    void addEmptyDir(String name) {
        volumes().addObject().put("name", name).putObject("emptyDir");
    }

    static void addMount(ObjectNode container, JsonNode mount) {
        Json.listOf(container, "volumeMounts").add(mount.deepCopy());
    }

    static void addMount(ObjectNode container, String name, String path) {
        Json.listOf(container, "volumeMounts").addObject().put("name", name).put("mountPath", path);
    }

    static void addMount(ObjectNode container, String name, String path, String subPath) {
        Json.listOf(container, "volumeMounts")
                .addObject()
                .put("name", name)
                .put("mountPath", path)
                .put("subPath", subPath);
    }

    static void addEnv(ObjectNode container, String name, String value) {
        Json.listOf(container, "env").addObject().put("name", name).put("value", value);
    }
}
