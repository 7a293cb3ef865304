package io.jenkins.plugins.argopreflight.engine.workflow.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.manifest.Location;

/** Something that is not there. All that is wrong because of it is one cause and what follows from it. */
public sealed interface Missing {

    /** The field of a document, or the element of its list that has this name. @param name "" for the field itself */
    static Missing field(Document document, String path, String name) {
        return new Field(document.locate(""), path, name);
    }

    /** A field that the API server removes, since the object has none of its name. @param meant the field that it is for; "" when no one knows */
    static Missing dropped(Document document, String path, String meant) {
        String parent = path.substring(0, Math.max(0, path.lastIndexOf('.')));
        String element = FieldPath.at(document.root(), parent).path("name").asText("");
        return new Dropped(document.locate(""), path, meant, FieldPath.at(document.root(), path), element);
    }

    /** An object, or a template of another object. */
    record Named(String kind, String namespace, String name) implements Missing {}

    /**
     * A field, or an element of a list.
     *
     * @param document where it begins
     * @param name of the element; "" for the field itself
     */
    record Field(Location document, String path, String name) implements Missing {}

    /**
     * A field under another name.
     *
     * @param document where it begins
     * @param path as it is written
     * @param meant the path under which its value would count; "" when that is not known
     * @param value of the field
     * @param element the name of the object that has it
     */
    record Dropped(Location document, String path, String meant, JsonNode value, String element) implements Missing {}
}
