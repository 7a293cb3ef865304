package io.jenkins.plugins.argopreflight.engine.workflow.model;

import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import java.util.Optional;

/**
 * Where a field of a pod comes from.
 *
 * @param path the field's path in the object that set it, "" when Argo did
 * @param document the object that set it, empty when Argo did
 */
public record Origin(FieldSource source, String path, Optional<Document> document) {

    /** Where the field stands; a location in no file names the object. */
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
