package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A fix that only a person can decide or carry out.
 *
 * @param who the person, such as {@code operators}; {@code ""} for the reader of the report
 * @param what the action, or the request to the person
 */
public record AskPerson(String who, String what) implements Fix {

    /** Returns a fix that the reader of the report decides or carries out. */
    public static AskPerson reader(String what) {
        return new AskPerson("", what);
    }

    @Override
    @JsonIgnore
    public String note() {
        return who.isEmpty() ? what : who + ": " + what;
    }
}
