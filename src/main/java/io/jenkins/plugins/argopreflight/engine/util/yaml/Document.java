package io.jenkins.plugins.argopreflight.engine.util.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An object of a file with the location of each of its fields. Elements of a List are documents of their own. */
public final class Document {

    private final String file;
    private final int number;
    private final ObjectNode root;
    private final LocationNode locations;
    private final List<Duplicate> duplicates;
    private final List<BooleanWord> booleanWords;
    private final @Nullable Document original;
    private final int linesAbove;

    Document(
            String file,
            int number,
            ObjectNode root,
            LocationNode locations,
            List<Duplicate> duplicates,
            List<BooleanWord> booleanWords) {
        this(file, number, root, locations, duplicates, booleanWords, null, 0);
    }

    private Document(
            String file,
            int number,
            ObjectNode root,
            LocationNode locations,
            List<Duplicate> duplicates,
            List<BooleanWord> booleanWords,
            @Nullable Document original,
            int linesAbove) {
        this.file = file;
        this.number = number;
        this.root = root;
        this.locations = locations;
        this.duplicates = List.copyOf(duplicates);
        this.booleanWords = List.copyOf(booleanWords);
        this.original = original;
        this.linesAbove = linesAbove;
    }

    /**
     * Creates a document for an object that is in no file, such as one of the cluster. Its fields have no lines, only
     * their origin.
     */
    public static Document of(String origin, ObjectNode root) {
        return new Document(origin, 1, FrozenJson.of(root), LocationNode.scalar(0, 0), List.of(), List.of());
    }

    /** Returns this document with other values at the same locations, such as those that its author meant. */
    public Document withMeaning(ObjectNode newRoot) {
        return new Document(
                file, number, FrozenJson.of(newRoot), locations, duplicates, booleanWords, original(), linesAbove);
    }

    /** Returns a document for another object at the same locations. */
    public Document with(ObjectNode other) {
        return new Document(file, number, FrozenJson.of(other), locations, duplicates, booleanWords, null, linesAbove);
    }

    /**
     * Returns this document at its locations in another file that contains its text.
     *
     * @param lines number of lines of that file above the text
     */
    public Document inFile(String otherFile, int lines) {
        return new Document(
                otherFile,
                number,
                root,
                locations,
                duplicates.stream()
                        .map(each -> new Duplicate(each.location().movedTo(otherFile, lines), each.key()))
                        .toList(),
                booleanWords.stream()
                        .map(each ->
                                new BooleanWord(each.location().movedTo(otherFile, lines), each.word(), each.isKey()))
                        .toList(),
                null,
                lines);
    }

    /** Returns an equal document that takes less memory. */
    Document compact(CompactJson compact) {
        return new Document(
                file,
                number,
                compact.of(root),
                locations.compact(compact, new IdentityHashMap<>()),
                duplicates,
                booleanWords,
                original,
                linesAbove);
    }

    /**
     * Returns the document as it was read. It differs from this one where this one has the values that the author
     * meant.
     */
    public Document original() {
        return Objects.requireNonNullElse(original, this);
    }

    public String file() {
        return file;
    }

    /**
     * Returns the number of the document in its file, counted from 1 and separated by {@code ---}. Elements of a List
     * have the number of the List.
     */
    public int number() {
        return number;
    }

    /** Returns the object, which cannot be changed. */
    public ObjectNode root() {
        return root;
    }

    /** Returns the keys that are written twice. kubectl uses the last value. */
    public List<Duplicate> duplicates() {
        return duplicates;
    }

    /** Returns the words without quotes that are read as true or false, except true and false themselves. */
    public List<BooleanWord> booleanWords() {
        return booleanWords;
    }

    /** Returns the number of values in the object. */
    public int valueCount() {
        return valueCount(root);
    }

    private static int valueCount(JsonNode node) {
        int values = 1;
        for (JsonNode each : node) {
            values += valueCount(each);
        }
        return values;
    }

    public String kind() {
        return Json.text(root, "kind");
    }

    public String apiVersion() {
        return Json.text(root, "apiVersion");
    }

    /** Returns the group of the apiVersion, "" for the core group of Kubernetes. */
    public String group() {
        int slash = apiVersion().indexOf('/');
        return slash < 0 ? "" : apiVersion().substring(0, slash);
    }

    public String namespace() {
        return Json.text(root, "metadata", "namespace");
    }

    /** Returns the name, "" if there is only a {@code generateName}. */
    public String name() {
        return Json.text(root, "metadata", "name");
    }

    /** Returns the name, or the {@code generateName} if there is no name. */
    public String nameOrPrefix() {
        return name().isEmpty() ? Json.text(root, "metadata", "generateName") : name();
    }

    /** Returns whether the object is in a file, and not from a cluster. */
    public boolean isInFile() {
        return locations.line() > 0;
    }

    /** Returns the location of a field, or of its nearest parent that is in the file. */
    public Location locate(String path) {
        LocationNode location = node(path);
        return new Location(file, location.line() + linesAbove, location.column());
    }

    private LocationNode node(String path) {
        LocationNode nearestNode = locations;
        for (String part : FieldPath.parts(path)) {
            LocationNode child = nearestNode.child(part);
            if (child == null) {
                break;
            }
            nearestNode = child;
        }
        return nearestNode;
    }

    /** Returns the object in a field as a document with its own locations, or empty if the field contains no object. */
    public Optional<Document> subdocument(String path) {
        return FieldPath.at(root, path) instanceof ObjectNode object
                ? Optional.of(
                        new Document(file, number, object, node(path), duplicates, booleanWords, null, linesAbove))
                : Optional.empty();
    }

    /** Returns the elements of a List as documents with their own locations. Any other object is the only element. */
    List<Document> elements() {
        JsonNode items = root.path("items");
        if (!kind().endsWith("List") || !items.isArray()) {
            return List.of(this);
        }
        List<Document> elements = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            subdocument(FieldPath.element("items", i)).ifPresent(item -> elements.addAll(item.elements()));
        }
        return elements;
    }

    @Override
    public String toString() {
        return kind() + "/" + name() + " at " + locate("");
    }
}
