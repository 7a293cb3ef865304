package io.jenkins.plugins.argopreflight.engine.util.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Paths of fields as Kubernetes writes them: {@code spec.templates[0].container}, {@code metadata.labels["a.b/c"]}. */
public final class FieldPath {

    private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

    private FieldPath() {}

    /** Returns the path of a field of the object at {@code parent}, which is "" for the document itself. */
    public static String field(String parent, String name) {
        if (name.isEmpty() || name.indexOf('.') >= 0 || name.indexOf('[') >= 0 || name.indexOf(']') >= 0) {
            return parent + "[\"" + name + "\"]";
        }
        return parent.isEmpty() ? name : parent + "." + name;
    }

    /** Returns the path of an element of the list at {@code parent}. */
    public static String element(String parent, int index) {
        return parent + "[" + index + "]";
    }

    /** Returns the value at a path; a MissingNode if there is none. */
    public static JsonNode at(JsonNode root, String path) {
        JsonNode value = root;
        for (String part : parts(path)) {
            value = value.isArray() ? value.path(index(part)) : value.path(part);
        }
        return value;
    }

    /** Replaces the value at a path. The tree must be the caller's own. */
    public static void replace(ObjectNode root, String path, JsonNode value) {
        List<String> parts = parts(path);
        JsonNode parent = parent(root, parts);
        String last = parts.get(parts.size() - 1);
        if (parent instanceof ArrayNode list) {
            list.set(index(last), value);
        } else if (parent instanceof ObjectNode object) {
            object.set(last, value);
        }
    }

    /** Removes a field of an object. The tree must be the caller's own. */
    public static void remove(ObjectNode root, String path) {
        List<String> parts = parts(path);
        if (parent(root, parts) instanceof ObjectNode object) {
            object.remove(parts.get(parts.size() - 1));
        }
    }

    private static JsonNode parent(JsonNode root, List<String> parts) {
        JsonNode parent = root;
        for (String part : parts.subList(0, parts.size() - 1)) {
            parent = parent.isArray() ? parent.path(index(part)) : parent.path(part);
        }
        return parent;
    }

    /**
     * Returns the index of an element. Text that is no index gives an index without element, since the object does not
     * need to have its proper shape.
     */
    private static int index(String part) {
        return INDEX.matcher(part).matches() ? Integer.parseInt(part) : Integer.MAX_VALUE;
    }

    /** Returns the parts of a path: names, and indices as decimal numbers. */
    public static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at < path.length()) {
            if (path.startsWith("[\"", at)) {
                int end = path.indexOf("\"]", at + 2);
                parts.add(path.substring(at + 2, end < 0 ? path.length() : end));
                at = end < 0 ? path.length() : end + 2;
            } else if (path.charAt(at) == '[') {
                int end = path.indexOf(']', at);
                parts.add(path.substring(at + 1, end < 0 ? path.length() : end));
                at = end < 0 ? path.length() : end + 1;
            } else {
                int end = at;
                while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
                    end++;
                }
                parts.add(path.substring(at, end));
                at = end;
            }
            if (at < path.length() && path.charAt(at) == '.') {
                at++;
            }
        }
        return parts;
    }
}
