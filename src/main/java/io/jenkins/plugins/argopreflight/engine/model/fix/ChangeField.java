package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.List;
import java.util.Set;

/**
 * A fix that writes a field of a manifest or of an object of the cluster.
 *
 * @param place the object and field; without an object, the object of the finding
 * @param value the field with its value, and the fields around it that show its location
 * @param after a sentence on what else to know; {@code ""} for none
 * @param remove the fields, or items by name, that are removed from the place before the value is written. A field
 *     without a value in {@code value} takes the value of the removed field.
 */
public record ChangeField(
        FixNote note,
        Place place,
        Yaml value,
        String after,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> remove)
        implements Fix, NotedFix<ChangeField> {

    /** The field of a workflow, or of its artifactGC, with a patch of its pods. */
    public static final String POD_PATCH = "podSpecPatch";

    /** The top-level fields of an object, which no nested object has. */
    private static final Set<String> TOP_LEVEL_FIELDS =
            Set.of("apiVersion", "kind", "spec", "metadata", "data", "stringData");

    /**
     * An object and one of its fields. Absent parts are {@code ""}; an unknown line is 0.
     *
     * @param path the field, such as {@code spec.podSpecPatch}
     */
    public record Place(String file, int line, String kind, String namespace, String name, String path) {

        /** The object and field of the finding. */
        public static final Place OF_FINDING = new Place("", 0, "", "", "", "");

        /** Returns a field of the object that the value itself shows. */
        public static Place path(String path) {
            return new Place("", 0, "", "", "", path);
        }
    }

    public ChangeField {
        remove = remove == null ? List.of() : List.copyOf(remove);
    }

    public static ChangeField to(Yaml value) {
        return new ChangeField(FixNote.NONE, Place.OF_FINDING, value, "", List.of());
    }

    /** Returns this fix for another field of the finding's object. */
    public ChangeField in(String path) {
        return at(Place.path(path));
    }

    /** Returns this fix with fields, or items by name, to remove from the place of the value. */
    public ChangeField without(String... fields) {
        return new ChangeField(note, place, value, after, List.of(fields));
    }

    @Override
    public ChangeField with(FixNote other) {
        return new ChangeField(other, place, value, after, remove);
    }

    /** Returns this fix with a sentence on what else to know. */
    public ChangeField then(String next) {
        return new ChangeField(note, place, value, next, remove);
    }

    public ChangeField at(Place newPlace) {
        return new ChangeField(note, newPlace, value, after, remove);
    }

    /**
     * Returns the field into which the value is written; {@code ""} for the object itself. The first field of the value
     * is a top-level field of the object, the field of the place, or a field below the place.
     */
    @JsonIgnore
    public String base() {
        String first = value.field();
        if (TOP_LEVEL_FIELDS.contains(first)) {
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

    /** Returns whether the value is a patch of pods. */
    @JsonIgnore
    public boolean isPodPatch() {
        return place.path().endsWith(POD_PATCH);
    }

    @Override
    public List<String> problems() {
        return value.problems();
    }
}
