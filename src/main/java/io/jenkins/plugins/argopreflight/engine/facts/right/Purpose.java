package io.jenkins.plugins.argopreflight.engine.facts.right;

/**
 * The purpose for which a right is needed.
 *
 * @param text the purpose for the reader, such as {@code executor reports its results}
 * @param isGuessed whether the resource was guessed, since no definition of the object's kind was seen
 */
public record Purpose(Kind kind, String text, boolean isGuessed) {

    /** The kind of a purpose, as far as a check depends on it. */
    public enum Kind {
        /** The executor of a pod reports its results. */
        RESULTS,
        /** The agent reads the headers of http templates. */
        HEADERS,
        /** kubectl acts on the object of a resource template, or reads it. */
        OBJECT,
        /** kubectl applies the object of a resource template. */
        APPLIED_OBJECT,
        /** kubectl creates a Role of a resource template, which grants the right. */
        GRANTED,
        /** The controller reads a pull Secret to look up the command of an image. */
        LOOK_UP,
        /** The controller keeps the memoization cache. */
        CACHE,
        /** The purpose is none of the others, and no check distinguishes it. */
        OTHER
    }

    static Purpose of(Kind kind, String text) {
        return new Purpose(kind, text, /* isGuessed= */ false);
    }

    /** Returns whether a resource template needs the right. */
    public boolean isOfResourceTemplate() {
        return kind == Kind.OBJECT || kind == Kind.APPLIED_OBJECT || kind == Kind.GRANTED;
    }
}
