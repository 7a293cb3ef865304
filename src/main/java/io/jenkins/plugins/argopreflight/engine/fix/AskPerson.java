package io.jenkins.plugins.argopreflight.engine.fix;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Something that only a person can decide or do.
 *
 * @param who such as {@code operators}; "" for the reader
 * @param what to do, or to ask for
 */
public record AskPerson(String who, String what) implements Fix {

    /** Something for the reader. */
    public static AskPerson reader(String what) {
        return new AskPerson("", what);
    }

    @Override
    @JsonIgnore
    public String note() {
        return who.isEmpty() ? what : who + ": " + what;
    }
}
