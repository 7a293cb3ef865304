package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurityRefusal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The refusal of an object by the admission or the validation of an API server.
 *
 * @param message the API server's message
 * @param fields the invalid fields, if the object is refused because of them
 * @param podSecurity the refusal by Pod Security, if Pod Security refuses the object
 */
public record AdmissionRefusal(String message, List<FieldError> fields, Optional<PodSecurityRefusal> podSecurity) {

    /** The words of an API server's message before the invalid fields. */
    public static final String INVALID = " is invalid: ";

    /** Pattern of a field in such a message: {@code spec.containers[0].image: Required value}. */
    private static final Pattern FIELD = Pattern.compile("(?:spec|metadata)\\.[\\w.\\[\\]-]+(?=: )");

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
     * Returns the refusal that an API server answers. The violations of Pod Security are read from the message, and so
     * are the invalid fields if the answer has no details.causes.
     *
     * @param fields the invalid fields in details.causes of the answer
     */
    public static AdmissionRefusal parse(String message, List<FieldError> fields) {
        return new AdmissionRefusal(
                message, fields.isEmpty() ? invalidFields(message) : fields, PodSecurityRefusal.parse(message));
    }

    private static List<FieldError> invalidFields(String message) {
        return FIELD.matcher(message)
                .results()
                .map(field -> new FieldError(field.group(), ""))
                .toList();
    }
}
