package io.jenkins.plugins.argopreflight.engine.manifest;

/**
 * A field of a document.
 *
 * @param path "" for the document itself
 */
public record DocumentField(Document document, String path) {

    /** Where it stands; a location in no file names the object. */
    public Location location() {
        return document.locate(path);
    }
}
