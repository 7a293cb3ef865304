package io.jenkins.plugins.argopreflight.engine.workflow;

import io.jenkins.plugins.argopreflight.engine.manifest.Location;
import java.util.Optional;

/**
 * Where a field of a pod comes from.
 *
 * @param path the field's path in the object that set it, "" when Argo did
 */
public record Origin(Source source, String path, Optional<Location> location) {

    @Override
    public String toString() {
        return source
                + (path.isEmpty() ? "" : ": " + path)
                + location.map(at -> " (" + at + ")").orElse("");
    }
}
