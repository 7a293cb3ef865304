package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;

/**
 * The object to fix, and where in the given files it shows. All texts can be "".
 *
 * @param file of the manifest in which it shows, as it was given
 * @param line counted from 1; 0 for what stands in no file
 * @param path the field of the object to fix, such as {@code spec.templates[0].container.image}
 * @param kind of the object to fix: a Kubernetes kind, or {@code Registry}
 * @param name of that object; the workflow's generateName for a workflow without a name
 * @param namespace of that object; "" when it has none
 * @param container the container that suffers
 */
public record Subject(
        String file, int line, String path, String kind, String name, String namespace, String container) {

    /** An object of the cluster, or a Registry. */
    public static Subject of(String kind, String namespace, String name, String path) {
        return new Subject("", 0, path, kind, name, namespace, "");
    }

    /** A field of a given document, or of an object of the cluster that was read. */
    public static Subject of(Document document, String namespace, String path) {
        Location at = document.locate(path);
        return new Subject("", 0, path, document.kind(), document.nameOrPrefix(), namespace, "").at(at);
    }

    /** The same, shown at this place; a location in no file changes nothing. */
    public Subject at(Location location) {
        return location.line() == 0
                ? this
                : new Subject(location.file(), location.line(), path, kind, name, namespace, container);
    }

    /** The same, shown where another is. */
    public Subject at(Subject place) {
        return new Subject(place.file(), place.line(), path, kind, name, namespace, container);
    }

    /** Another field of the same object. */
    public Subject path(String field) {
        return new Subject(file, line, field, kind, name, namespace, container);
    }

    public Subject container(String suffering) {
        return new Subject(file, line, path, kind, name, namespace, suffering);
    }
}
