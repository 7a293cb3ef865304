package io.jenkins.plugins.argopreflight.engine.fix;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import java.util.List;
import java.util.Set;

/**
 * A field to write in a manifest, or in an object of the cluster.
 *
 * @param place where; the object of the finding unless it says another one
 * @param value the field and as many fields around it as show where it belongs
 * @param after what else to know; "" for nothing
 * @param remove fields, or items by their name, of the place that the value is for: removed first; a field of the
 *     value that has none takes that of the one that is removed
 */
public record ChangeField(
        String note,
        Place place,
        Yaml value,
        String after,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> remove)
        implements Fix {

    /** The field of a workflow, or of its artifactGC, that is laid over its pods. */
    public static final String POD_PATCH = "podSpecPatch";

    /** Fields of an object itself, which no object further in has. */
    private static final Set<String> ROOTS = Set.of("apiVersion", "kind", "spec", "metadata", "data", "stringData");

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

    public ChangeField {
        remove = remove == null ? List.of() : List.copyOf(remove);
    }

    public static ChangeField to(Yaml value) {
        return new ChangeField("", Place.OF_FINDING, value, "", List.of());
    }

    /** Another field of the object of the finding. */
    public ChangeField in(String path) {
        return at(Place.path(path));
    }

    /** The same without these fields, or items by their names, of the place that the value is for. */
    public ChangeField without(String... fields) {
        return new ChangeField(note, place, value, after, List.of(fields));
    }

    /** The same with what it is for. */
    public ChangeField because(String why) {
        return new ChangeField(why, place, value, after, remove);
    }

    /** The same with what else to know. */
    public ChangeField then(String next) {
        return new ChangeField(note, place, value, next, remove);
    }

    public ChangeField at(Place where) {
        return new ChangeField(note, where, value, after, remove);
    }

    /**
     * The field that takes the value, "" for the object itself: a value shows the fields around it from the outermost
     * one, or begins with the field of the place, or with one below it.
     */
    @JsonIgnore
    public String base() {
        String first = value.field();
        if (ROOTS.contains(first)) {
            return "";
        }
        List<String> parts = FieldPath.parts(place.path());
        int shown = parts.lastIndexOf(first);
        return first.isEmpty() || shown < 0 ? place.path() : path(parts.subList(0, shown));
    }

    private static String path(List<String> parts) {
        String parent = "";
        for (String part : parts) {
            boolean index = !part.isEmpty() && part.chars().allMatch(Character::isDigit);
            parent = index ? FieldPath.element(parent, Integer.parseInt(part)) : FieldPath.field(parent, part);
        }
        return parent;
    }

    /** Whether the value is laid over the containers of a pod. */
    @JsonIgnore
    public boolean isPodPatch() {
        return place.path().endsWith(POD_PATCH);
    }

    @Override
    public List<String> problems() {
        return value.problems();
    }
}
