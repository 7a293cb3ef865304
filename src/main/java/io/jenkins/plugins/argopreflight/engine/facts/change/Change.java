package io.jenkins.plugins.argopreflight.engine.facts.change;

import java.util.Objects;

/**
 * A difference between two runs, in one object.
 *
 * @param kind the kind of the object, such as Secret; Image and Right are not objects of the cluster
 * @param namespace "" for none
 * @param message the change, in one line; never a secret
 */
public record Change(String kind, String namespace, String name, String message) {

    public Change {
        kind = Objects.requireNonNullElse(kind, "");
        namespace = Objects.requireNonNullElse(namespace, "");
        name = Objects.requireNonNullElse(name, "");
        message = Objects.requireNonNullElse(message, "");
    }

    static Change of(RecordedObject object, String message) {
        return new Change(object.kind(), object.namespace(), object.name(), message);
    }
}
