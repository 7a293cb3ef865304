package io.jenkins.plugins.argopreflight.engine.workflow.pod;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Folders with a value each, to find those that a path is in.
 *
 * @param <T> the values
 */
public final class Folders<T> {

    /** By folder with a slash at its end. A folder that a path is in sorts before it, and between them are others in it. */
    private final NavigableMap<String, T> folders = new TreeMap<>();

    /** Returns the mounts of a list by their folders. */
    public static Folders<JsonNode> ofMounts(JsonNode mounts) {
        Folders<JsonNode> folders = new Folders<>();
        mounts.forEach(mount -> folders.put(mount.path("mountPath").asText(""), mount));
        return folders;
    }

    /** Adds a folder; of several values of the same folder the first counts. */
    public void put(String path, T value) {
        folders.putIfAbsent(withoutSlashes(path) + "/", value);
    }

    /** Returns the value of the innermost folder that is the path or around it. */
    public Optional<T> around(String path) {
        String end = path + "/";
        String start = end;
        for (Map.Entry<String, T> near = folders.floorEntry(start); near != null; near = folders.floorEntry(start)) {
            if (end.startsWith(near.getKey())) {
                return Optional.of(near.getValue());
            }
            start = common(start, near.getKey());
        }
        return Optional.empty();
    }

    /** Returns whether one of the folders is the path or in it. */
    public boolean hasIn(String path) {
        String first = folders.ceilingKey(path + "/");
        return first != null && first.startsWith(path + "/");
    }

    private static String common(String one, String other) {
        int length = 0;
        while (length < one.length() && length < other.length() && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return one.substring(0, length);
    }

    /** Returns the path without slashes at its end; "" for the root. */
    public static String withoutSlashes(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
