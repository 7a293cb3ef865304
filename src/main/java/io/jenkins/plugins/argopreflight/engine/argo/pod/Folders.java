package io.jenkins.plugins.argopreflight.engine.argo.pod;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A map from folders to values that finds the folders that contain a path.
 *
 * @param <T> the type of the values
 */
public final class Folders<T> {

    /**
     * The values by folder with a slash at its end. A folder that contains a path is sorted before it, and the entries
     * between them are other paths in the folder.
     */
    private final NavigableMap<String, T> folders = new TreeMap<>();

    /** Returns the mounts of a list by their folders. */
    public static Folders<JsonNode> ofMounts(JsonNode mounts) {
        Folders<JsonNode> folders = new Folders<>();
        mounts.forEach(mount -> folders.put(Json.text(mount, "mountPath"), mount));
        return folders;
    }

    /** Adds a folder. If a folder is added again, the first value stays. */
    public void put(String path, T value) {
        folders.putIfAbsent(withoutSlashes(path) + "/", value);
    }

    /** Returns the value of the innermost folder that is the path or contains it. */
    public Optional<T> findInnermost(String path) {
        String end = path + "/";
        String start = end;
        for (Map.Entry<String, T> entry = folders.floorEntry(start); entry != null; entry = folders.floorEntry(start)) {
            if (end.startsWith(entry.getKey())) {
                return Optional.of(entry.getValue());
            }
            start = commonStart(start, entry.getKey());
        }
        return Optional.empty();
    }

    /** Returns whether one of the folders is the path or lies below it. */
    public boolean hasAnyWithin(String path) {
        String first = folders.ceilingKey(path + "/");
        return first != null && first.startsWith(path + "/");
    }

    private static String commonStart(String one, String other) {
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
