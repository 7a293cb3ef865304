package io.jenkins.plugins.argopreflight.engine.check;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_DEFAULT;
import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY;

import com.fasterxml.jackson.annotation.JsonInclude;

/** What was seen, as data: one line of a finding's evidence. */
public sealed interface EvidenceLine {

    /** The line as every renderer shows it. */
    String text();

    /** What a check requested, and the server's words. */
    static Exchange exchange(String request, String answer) {
        return new Exchange("", request, 0, "", answer);
    }

    static Field field(String field, String value) {
        return new Field("", field, value, "");
    }

    /** Words that a server, Argo or kubectl writes, or what was observed where it is neither of the others. */
    static Words words(String text) {
        return new Words(text);
    }

    /**
     * A request and its answer.
     *
     * @param requester such as {@code container main}; "" for the preflight itself
     * @param request such as {@code dry run}, or the image to pull
     * @param status the HTTP status; 0 for none
     * @param code the server's error code, such as {@code MANIFEST_UNKNOWN}; "" for none
     * @param answer the server's words, or why there is no answer; never a secret
     */
    record Exchange(
            @JsonInclude(NON_EMPTY) String requester,
            String request,
            @JsonInclude(NON_DEFAULT) int status,
            @JsonInclude(NON_EMPTY) String code,
            String answer)
            implements EvidenceLine {

        @Override
        public String text() {
            String reply = (status == 0 ? "" : status + " ") + (code.isEmpty() ? "" : code + ": ") + answer;
            return (requester.isEmpty() ? "" : requester + ": ") + request + ": "
                    + (answer.isEmpty() ? reply.stripTrailing() : reply);
        }
    }

    /**
     * A field and its value.
     *
     * @param object whose field it is, where that is not the finding's subject; "" otherwise
     * @param field its path, or its last part
     * @param origin which field of which object sets it, where that is not the field itself; "" otherwise
     */
    record Field(
            @JsonInclude(NON_EMPTY) String object,
            String field,
            String value,
            @JsonInclude(NON_EMPTY) String origin) implements EvidenceLine {

        /** The same field of another object than the finding's subject. */
        public Field of(String other) {
            return new Field(other, field, value, origin);
        }

        /** The same field, which another one sets. */
        public Field from(String other) {
            return new Field(object, field, value, other);
        }

        @Override
        public String text() {
            return (object.isEmpty() ? "" : object + ", ") + field + ": " + value
                    + (origin.isEmpty() ? "" : ", set by " + origin);
        }
    }

    /** Quoted words, or a plain observation. */
    record Words(String text) implements EvidenceLine {}
}
