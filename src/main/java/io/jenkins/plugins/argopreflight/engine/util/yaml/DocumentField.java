package io.jenkins.plugins.argopreflight.engine.util.yaml;

/**
 * A field of a document.
 *
 * @param path the path of the field, "" for the document itself
 */
public record DocumentField(Document document, String path) {

    /** Returns the location of the field, or the origin of the object if it is in no file. */
    public Location location() {
        return document.locate(path);
    }
}
