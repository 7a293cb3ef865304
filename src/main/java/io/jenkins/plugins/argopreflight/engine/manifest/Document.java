package io.jenkins.plugins.argopreflight.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One object of a file, and where each of its fields stands. Elements of a List are documents of their own. */
public final class Document {

    private final String file;
    private final int number;
    private final ObjectNode root;
    private final Place place;
    private final List<Duplicate> duplicates;
    private final List<BooleanWord> booleanWords;
    private final @Nullable Document written;
    private final int above;

    Document(
            String file,
            int number,
            ObjectNode root,
            Place place,
            List<Duplicate> duplicates,
            List<BooleanWord> booleanWords) {
        this(file, number, root, place, duplicates, booleanWords, null, 0);
    }

    private Document(
            String file,
            int number,
            ObjectNode root,
            Place place,
            List<Duplicate> duplicates,
            List<BooleanWord> booleanWords,
            @Nullable Document written,
            int above) {
        this.file = file;
        this.number = number;
        this.root = root;
        this.place = place;
        this.duplicates = List.copyOf(duplicates);
        this.booleanWords = List.copyOf(booleanWords);
        this.written = written;
        this.above = above;
    }

    /** An object that stands in no file, such as one of the cluster: its fields have no lines, only their origin. */
    public static Document of(String origin, ObjectNode root) {
        return new Document(origin, 1, FrozenJson.of(root), Place.scalar(0, 0), List.of(), List.of());
    }

    /** The same object with other values at the same places, such as what its author means. */
    public Document meaning(ObjectNode meant) {
        return new Document(file, number, FrozenJson.of(meant), place, duplicates, booleanWords, written(), above);
    }

    /** Another object at the same places. */
    public Document with(ObjectNode other) {
        return new Document(file, number, FrozenJson.of(other), place, duplicates, booleanWords, null, above);
    }

    /**
     * Returns this object at its places in another file, of which its text is a part.
     *
     * @param lines the number of lines of that file above the text
     */
    public Document below(String otherFile, int lines) {
        return new Document(
                otherFile,
                number,
                root,
                place,
                duplicates.stream()
                        .map(each -> new Duplicate(each.location().below(otherFile, lines), each.key()))
                        .toList(),
                booleanWords.stream()
                        .map(each ->
                                new BooleanWord(each.location().below(otherFile, lines), each.word(), each.isKey()))
                        .toList(),
                null,
                lines);
    }

    /** The same in less memory. */
    Document compact(CompactJson compact) {
        return new Document(
                file,
                number,
                compact.of(root),
                place.compact(compact, new IdentityHashMap<>()),
                duplicates,
                booleanWords,
                written,
                above);
    }

    /** The object as it was read, where this is what its author means. */
    public Document written() {
        return Objects.requireNonNullElse(written, this);
    }

    public String file() {
        return file;
    }

    /** Which document of the file, counted from 1 as {@code ---} separates them; elements of a List share it. */
    public int number() {
        return number;
    }

    /** The object, frozen. */
    public ObjectNode root() {
        return root;
    }

    /** Keys that were written twice, {@code file:line:column: key}; as in kubectl the last one counts. */
    public List<Duplicate> duplicates() {
        return duplicates;
    }

    /** Words without quotes that are read as true or false, but for true and false themselves. */
    public List<BooleanWord> booleanWords() {
        return booleanWords;
    }

    /** How many values it has. */
    public int values() {
        return values(root);
    }

    private static int values(JsonNode node) {
        int values = 1;
        for (JsonNode each : node) {
            values += values(each);
        }
        return values;
    }

    public String kind() {
        return root.path("kind").asText("");
    }

    public String apiVersion() {
        return root.path("apiVersion").asText("");
    }

    /** The group of its apiVersion; "" for Kubernetes' core. */
    public String group() {
        int slash = apiVersion().indexOf('/');
        return slash < 0 ? "" : apiVersion().substring(0, slash);
    }

    public String namespace() {
        return root.path("metadata").path("namespace").asText("");
    }

    /** The name; "" when there is only a {@code generateName}. */
    public String name() {
        return root.path("metadata").path("name").asText("");
    }

    /** The name, or the {@code generateName} where there is only that. */
    public String nameOrPrefix() {
        return name().isEmpty() ? root.path("metadata").path("generateName").asText("") : name();
    }

    /** Whether it stands in a file, and is none of a cluster. */
    public boolean isInFile() {
        return place.line() > 0;
    }

    /** Where a field stands, or its nearest parent that stands in the file. */
    public Location locate(String path) {
        Place at = place(path);
        return new Location(file, at.line() + above, at.column());
    }

    private Place place(String path) {
        Place at = place;
        for (String part : FieldPath.parts(path)) {
            Place child = at.child(part);
            if (child == null) {
                break;
            }
            at = child;
        }
        return at;
    }

    /** The object in a field, as a document with its own places; empty where the field holds no object. */
    public Optional<Document> inner(String path) {
        return FieldPath.at(root, path) instanceof ObjectNode object
                ? Optional.of(new Document(file, number, object, place(path), duplicates, booleanWords, null, above))
                : Optional.empty();
    }

    /** The elements of a List as documents with their own places; any other object is its only element. */
    List<Document> elements() {
        JsonNode items = root.path("items");
        if (!kind().endsWith("List") || !items.isArray()) {
            return List.of(this);
        }
        List<Document> elements = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            inner(FieldPath.element("items", i)).ifPresent(item -> elements.addAll(item.elements()));
        }
        return elements;
    }

    @Override
    public String toString() {
        return kind() + "/" + name() + " at " + locate("");
    }
}
