package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A fix that only a person can decide or carry out.
 *
 * @param who the person, such as {@code operators}; {@code ""} for the reader of the report
 * @param what the action, or the request to the person
 */
public record AskPerson(String who, FixNote what) implements Fix {

    /**
     * Creates a fix that is no alternative to the fix before it.
     *
     * @param who the person; {@code ""} for the reader of the report
     */
    public AskPerson(String who, String what) {
        this(who, FixNote.of(what));
    }

    /** Returns a fix that the reader of the report decides or carries out. */
    public static AskPerson reader(String what) {
        return new AskPerson("", what);
    }

    /** Returns an alternative to the fix before it that the reader of the report decides or carries out. */
    public static AskPerson or(String what) {
        return new AskPerson("", FixNote.or(what));
    }

    @Override
    @JsonIgnore
    public FixNote note() {
        return who.isEmpty() ? what : what.rewritten(text -> who + ": " + text);
    }
}
