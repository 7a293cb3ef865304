package io.jenkins.plugins.argopreflight.engine.facts.pull;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FrozenJson;
import java.util.ArrayList;
import java.util.List;

/** A part of a pod that has an image: a container, or a volume with the files of an image. */
public record ImageHolder(Kind kind, String name) {

    /** The volume with the executor's image. Pods without an init container (Argo 4.1) have this volume. */
    public static final ImageHolder EXECUTOR_VOLUME = new ImageHolder(Kind.VOLUME, "argoexec-bin");

    /** The kind of a part, in the order of reports. */
    public enum Kind {
        INIT_CONTAINER("initContainers"),
        CONTAINER("containers"),
        VOLUME("volumes");

        private final String list;

        Kind(String list) {
            this.list = list;
        }

        /** Returns the field of the pod's spec that lists parts of this kind. */
        public String list() {
            return list;
        }
    }

    /** Returns the init containers, the containers and the volumes with an image. */
    public static List<ImageHolder> all(JsonNode spec) {
        List<ImageHolder> holders = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (JsonNode element : spec.path(kind.list())) {
                if (kind != Kind.VOLUME || element.has("image")) {
                    holders.add(new ImageHolder(kind, Json.text(element, "name")));
                }
            }
        }
        return holders;
    }

    public boolean isVolume() {
        return kind == Kind.VOLUME;
    }

    /** Returns the name as reports show it: the container's name, or {@code volume NAME}. */
    public String label() {
        return isVolume() ? "volume " + name : name;
    }

    /** Returns the path in the pod, such as {@code spec.containers[main]}. */
    public String path() {
        return "spec." + kind.list() + "[" + name + "]";
    }

    /** Returns the path of the image's name in the pod, such as {@code spec.containers[main].image}. */
    public String imagePath() {
        return FieldPath.field(path(), "image") + (isVolume() ? ".reference" : "");
    }

    /** Returns the container or volume in the spec of a pod; a MissingNode if the pod has none of this name. */
    public JsonNode element(JsonNode spec) {
        return FrozenJson.named(spec.path(kind.list()), name);
    }

    /** Returns the name of the image in the spec of a pod; {@code ""} for none. */
    public String image(JsonNode spec) {
        JsonNode element = element(spec);
        return isVolume() ? Json.text(element, "image", "reference") : Json.text(element, "image");
    }

    /**
     * Returns the imagePullPolicy; {@code ""} for none.
     *
     * @param spec the spec of the pod as Argo creates it, or as the API server returns it with its defaults
     */
    String imagePullPolicy(JsonNode spec) {
        JsonNode element = element(spec);
        return isVolume() ? Json.text(element, "image", "pullPolicy") : Json.text(element, "imagePullPolicy");
    }
}
