package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurityRefusal;
import java.util.List;
import java.util.Optional;

/**
 * The refusal of an object by the admission or the validation of an API server.
 *
 * @param message the API server's message
 * @param fields the invalid fields, if the object is refused because of them
 * @param podSecurity the refusal by Pod Security, if Pod Security refuses the object
 */
public record AdmissionRefusal(String message, List<FieldError> fields, Optional<PodSecurityRefusal> podSecurity) {

    public AdmissionRefusal {
        fields = List.copyOf(fields);
    }

    /** Returns the refusal of which only the message is known. */
    public static AdmissionRefusal of(String message) {
        return new AdmissionRefusal(message, List.of(), Optional.empty());
    }

    /** Returns the refusal because of invalid fields. */
    public static AdmissionRefusal invalid(String message, List<FieldError> fields) {
        return new AdmissionRefusal(message, fields, Optional.empty());
    }

    /** Returns the refusal by Pod Security. */
    public static AdmissionRefusal of(String message, PodSecurityRefusal podSecurity) {
        return new AdmissionRefusal(message, List.of(), Optional.of(podSecurity));
    }

    /**
     * Returns the refusal in an answer of an API server. A refusal by Pod Security is read from the message.
     *
     * @param fields the invalid fields of the answer, empty if it has none
     */
    public static AdmissionRefusal parse(String message, List<FieldError> fields) {
        return new AdmissionRefusal(message, fields, PodSecurityRefusal.parse(message));
    }
}
