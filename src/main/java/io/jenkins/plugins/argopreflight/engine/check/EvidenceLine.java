package io.jenkins.plugins.argopreflight.engine.check;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_DEFAULT;
import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_EMPTY;

import com.fasterxml.jackson.annotation.JsonInclude;

/** An observation as data: one line of a finding's evidence. */
public sealed interface EvidenceLine {

    /** Returns the line as every renderer shows it. */
    String text();

    /** Creates the evidence of a request of Argo Preflight and the server's answer. */
    static Exchange exchange(String request, String answer) {
        return new Exchange("", request, 0, "", answer);
    }

    static Field field(String field, String value) {
        return new Field("", field, value, "");
    }

    /** Creates the evidence of a message of a server, of Argo or of kubectl, or of another observation. */
    static Words words(String text) {
        return new Words(text);
    }

    /**
     * A request and its answer.
     *
     * @param requester the sender, such as {@code container main}; "" for Argo Preflight itself
     * @param request the request, such as {@code dry run}, or the image to pull
     * @param status the HTTP status; 0 for none
     * @param code the server's error code, such as {@code MANIFEST_UNKNOWN}; "" for none
     * @param answer the server's message, or the reason why there is no answer; never a secret
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
     * @param object the object of the field, if it is not the finding's subject; "" otherwise
     * @param field the path of the field, or the last part of the path
     * @param origin the field and object that set the value, if it is not the field itself; "" otherwise
     */
    record Field(
            @JsonInclude(NON_EMPTY) String object,
            String field,
            String value,
            @JsonInclude(NON_EMPTY) String origin) implements EvidenceLine {

        /** Returns this field as one of another object than the finding's subject. */
        public Field of(String other) {
            return new Field(other, field, value, origin);
        }

        /** Returns this field as one that another field sets. */
        public Field from(String other) {
            return new Field(object, field, value, other);
        }

        @Override
        public String text() {
            return (object.isEmpty() ? "" : object + ", ") + field + ": " + value
                    + (origin.isEmpty() ? "" : ", set by " + origin);
        }
    }

    /** A quoted message, or a plain observation. */
    record Words(String text) implements EvidenceLine {}
}
