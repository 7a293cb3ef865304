package io.jenkins.plugins.argopreflight.engine.argo.model;

import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;
import java.util.Optional;

/**
 * The origin of a field of a pod.
 *
 * @param path the path in the object that set the field, "" if Argo set it
 * @param document the object that set the field, empty if Argo set it
 */
public record Origin(FieldSource source, String path, Optional<Document> document) {

    /**
     * Returns the location of the field, or empty if Argo set it. If the object is in the cluster and not in a file,
     * the location has the object's description in place of a file name, and line 0.
     */
    public Optional<Location> location() {
        return document.map(found -> found.locate(path));
    }

    @Override
    public String toString() {
        return source
                + (path.isEmpty() ? "" : ": " + path)
                + location().map(at -> " (" + at + ")").orElse("");
    }
}
