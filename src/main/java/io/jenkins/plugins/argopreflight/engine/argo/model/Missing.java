package io.jenkins.plugins.argopreflight.engine.argo.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;

/** A field, object or fact that is missing. All problems because of the same absence have one cause. */
public sealed interface Missing {

    /**
     * Creates the absence of a field of a document, or of a named element in the field's list.
     *
     * @param name name of the element, "" for the field itself
     */
    static Missing field(Document document, String path, String name) {
        return new Field(document.locate(""), path, name);
    }

    /**
     * Creates the absence of a field that the API server removes, since the object has no field of this name.
     *
     * @param meant the field that the author probably meant; "" if it is not known
     */
    static Missing dropped(Document document, String path, String meant) {
        String parent = path.substring(0, Math.max(0, path.lastIndexOf('.')));
        String element = Json.text(FieldPath.at(document.root(), parent), "name");
        return new Dropped(document.locate(""), path, meant, FieldPath.at(document.root(), path), element);
    }

    /** An object in a namespace, or a right in the namespace. Both are missing if the namespace is missing. */
    record InNamespace(String namespace) implements Missing {}

    /**
     * A fact of the cluster that could not be read.
     *
     * @param namespace namespace of the missing right; "" for another reason
     */
    record Unread(String namespace) implements Missing {

        public static Unread of(Fact.Unknown<?> fact) {
            return new Unread(fact.missingRight().map(Right::namespace).orElse(""));
        }
    }

    /** An object, or a template of another object. */
    record Named(String kind, String namespace, String name) implements Missing {}

    /**
     * A field, or an element of a list.
     *
     * @param document location of the document
     * @param name name of the element; "" for the field itself
     */
    record Field(Location document, String path, String name) implements Missing {}

    /**
     * A field under a wrong name.
     *
     * @param document location of the document
     * @param path path as written
     * @param meant the path under which its value would have an effect; "" if it is not known
     * @param value value of the field
     * @param element name of the object with the field
     */
    record Dropped(Location document, String path, String meant, JsonNode value, String element) implements Missing {}
}
