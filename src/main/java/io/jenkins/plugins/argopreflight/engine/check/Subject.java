package io.jenkins.plugins.argopreflight.engine.check;

import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;

/**
 * The object to fix, and the position in the given files at which the problem shows. Each text can be "".
 *
 * @param file the path of the manifest in which the problem shows, as it was given
 * @param line the line, counted from 1; 0 if the problem is in no file
 * @param path the field of the object to fix, such as {@code spec.templates[0].container.image}
 * @param kind the kind of the object to fix: a Kubernetes kind, or {@code Registry}
 * @param name the name of that object; the workflow's generateName for a workflow without a name
 * @param namespace the namespace of that object; "" if it has none
 * @param container the affected container
 */
public record Subject(
        String file, int line, String path, String kind, String name, String namespace, String container) {

    /** Creates the subject of an object of the cluster, or of a registry. */
    public static Subject of(String kind, String namespace, String name, String path) {
        return new Subject("", 0, path, kind, name, namespace, "");
    }

    /** Creates the subject of a field of a given document, or of an object that was read from the cluster. */
    public static Subject of(Document document, String namespace, String path) {
        Location at = document.locate(path);
        return new Subject("", 0, path, document.kind(), document.nameOrPrefix(), namespace, "").at(at);
    }

    /** Returns this subject, shown at a location. A location in no file changes nothing. */
    public Subject at(Location location) {
        return location.line() == 0
                ? this
                : new Subject(location.file(), location.line(), path, kind, name, namespace, container);
    }

    /** Returns this subject, shown at the location of another one. */
    public Subject at(Subject other) {
        return new Subject(other.file(), other.line(), path, kind, name, namespace, container);
    }

    /** Returns the subject of another field of the same object. */
    public Subject path(String field) {
        return new Subject(file, line, field, kind, name, namespace, container);
    }

    public Subject container(String affectedContainer) {
        return new Subject(file, line, path, kind, name, namespace, affectedContainer);
    }
}
