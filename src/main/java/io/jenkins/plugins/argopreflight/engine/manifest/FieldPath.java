package io.jenkins.plugins.argopreflight.engine.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Field paths as Kubernetes writes them: {@code spec.templates[0].container}, {@code metadata.labels["a.b/c"]}. */
public final class FieldPath {

    private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

    private FieldPath() {}

    /** The path of a field of the object at {@code parent}, which is "" for the document itself. */
    public static String field(String parent, String name) {
        if (name.isEmpty() || name.indexOf('.') >= 0 || name.indexOf('[') >= 0 || name.indexOf(']') >= 0) {
            return parent + "[\"" + name + "\"]";
        }
        return parent.isEmpty() ? name : parent + "." + name;
    }

    /** The path of an element of the list at {@code parent}. */
    public static String element(String parent, int index) {
        return parent + "[" + index + "]";
    }

    /** What stands there; missing where nothing does. */
    public static JsonNode at(JsonNode root, String path) {
        JsonNode at = root;
        for (String part : parts(path)) {
            at = at.isArray() ? at.path(index(part)) : at.path(part);
        }
        return at;
    }

    /** Replaces what stands there, in a tree that is the caller's own. */
    public static void replace(ObjectNode root, String path, JsonNode value) {
        List<String> parts = parts(path);
        JsonNode holder = holder(root, parts);
        String last = parts.get(parts.size() - 1);
        if (holder instanceof ArrayNode list) {
            list.set(index(last), value);
        } else if (holder instanceof ObjectNode object) {
            object.set(last, value);
        }
    }

    /** Removes a field of an object, in a tree that is the caller's own. */
    public static void remove(ObjectNode root, String path) {
        List<String> parts = parts(path);
        if (holder(root, parts) instanceof ObjectNode object) {
            object.remove(parts.get(parts.size() - 1));
        }
    }

    private static JsonNode holder(JsonNode root, List<String> parts) {
        JsonNode holder = root;
        for (String part : parts.subList(0, parts.size() - 1)) {
            holder = holder.isArray() ? holder.path(index(part)) : holder.path(part);
        }
        return holder;
    }

    /** An element that is not there, for what is no index: the object need not have the shape that it should. */
    private static int index(String part) {
        return INDEX.matcher(part).matches() ? Integer.parseInt(part) : Integer.MAX_VALUE;
    }

    /** The path's parts: names, and indices as decimal numbers. */
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
