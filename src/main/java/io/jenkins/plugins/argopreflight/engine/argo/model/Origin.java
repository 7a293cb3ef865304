package io.jenkins.plugins.argopreflight.engine.argo.model;

import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;
import java.util.Optional;

/**
 * The origin of a field of a pod.
 *
 * @param path the field's path in the object that set it, "" if Argo did
 * @param document the object that set it, empty if Argo did
 */
public record Origin(FieldSource source, String path, Optional<Document> document) {

    /** Returns the location of the field, or the origin of an object that is in no file. */
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
