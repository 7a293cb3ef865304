package io.jenkins.plugins.argopreflight.engine.fix;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * A field to write in a manifest, or in an object of the cluster.
 *
 * @param place where; the object of the finding unless it says another one
 * @param value the field and as many fields around it as show where it belongs
 * @param after what else to know; "" for nothing
 */
public record ChangeField(String note, Place place, Yaml value, String after) implements Fix {

    /** The field of a workflow, or of its artifactGC, that is laid over its pods. */
    public static final Place POD_PATCH = Place.path("podSpecPatch");

    /**
     * An object and a field of it; absent parts are "", a line that is not known is 0.
     *
     * @param path such as {@code spec.podSpecPatch}
     */
    public record Place(String file, int line, String kind, String namespace, String name, String path) {

        /** Wherever the finding is. */
        public static final Place OF_FINDING = new Place("", 0, "", "", "", "");

        /** A field of an object that the value itself shows. */
        public static Place path(String path) {
            return new Place("", 0, "", "", "", path);
        }
    }

    public static ChangeField to(Yaml value) {
        return new ChangeField("", Place.OF_FINDING, value, "");
    }

    /** The same with what it is for. */
    public ChangeField because(String why) {
        return new ChangeField(why, place, value, after);
    }

    /** The same with what else to know. */
    public ChangeField then(String next) {
        return new ChangeField(note, place, value, next);
    }

    public ChangeField at(Place where) {
        return new ChangeField(note, where, value, after);
    }

    /** Whether the value is laid over the containers of a pod. */
    @JsonIgnore
    public boolean isPodPatch() {
        return place.path().endsWith(POD_PATCH.path());
    }

    @Override
    public List<String> problems() {
        return value.problems();
    }
}
