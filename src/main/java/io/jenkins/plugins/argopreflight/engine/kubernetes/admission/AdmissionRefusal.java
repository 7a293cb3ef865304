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
 * @param reason the reason, if it is known without the message
 */
public record AdmissionRefusal(
        String message, List<FieldError> fields, Optional<PodSecurityRefusal> podSecurity, Optional<Reason> reason) {

    /** A reason to refuse an object. */
    public enum Reason {
        /** The API server does not have the kind in this version. */
        UNKNOWN_KIND,
        INVALID,
        ALREADY_EXISTS
    }

    /** The words of an API server's message before the invalid fields. */
    public static final String INVALID = " is invalid: ";

    /** The message of an API server that does not have the resource. */
    public static final String NO_RESOURCE = "the server could not find the requested resource";

    /** The beginning of a ResourceQuota's message when its capacity is used up. */
    public static final String EXCEEDED_QUOTA = "exceeded quota: ";

    /** The words of an API server's message before the name of a webhook that does not answer. */
    public static final String FAILED_WEBHOOK = "failed calling webhook \"";

    /** Pattern of a field in such a message: {@code spec.containers[0].image: Required value}. */
    private static final Pattern FIELD = Pattern.compile("(?:spec|metadata)\\.[\\w.\\[\\]-]+(?=: )");

    public AdmissionRefusal {
        fields = List.copyOf(fields);
    }

    /** Returns the refusal of which only the message is known. */
    public static AdmissionRefusal of(String message) {
        return new AdmissionRefusal(message, List.of(), Optional.empty(), Optional.empty());
    }

    /**
     * Returns the refusal because of invalid fields.
     *
     * @param fields the errors that the message lists; empty if the object cannot be decoded
     */
    public static AdmissionRefusal invalid(String message, List<FieldError> fields) {
        return new AdmissionRefusal(message, fields, Optional.empty(), Optional.of(Reason.INVALID));
    }

    /** Returns the refusal because of a kind that the API server does not have. */
    public static AdmissionRefusal unknownKind(String message) {
        return new AdmissionRefusal(message, List.of(), Optional.empty(), Optional.of(Reason.UNKNOWN_KIND));
    }

    /** Returns this refusal for an object that exists already. */
    public AdmissionRefusal ofExisting() {
        return new AdmissionRefusal(message, fields, podSecurity, Optional.of(Reason.ALREADY_EXISTS));
    }

    /** Returns the refusal by Pod Security. */
    public static AdmissionRefusal of(String message, PodSecurityRefusal podSecurity) {
        return new AdmissionRefusal(message, List.of(), Optional.of(podSecurity), Optional.empty());
    }

    /**
     * Returns the refusal that an API server answers. The violations of Pod Security are read from the message, and so
     * are the invalid fields if the answer has no details.causes.
     *
     * @param fields the invalid fields in details.causes of the answer
     */
    public static AdmissionRefusal parse(String message, List<FieldError> fields) {
        return new AdmissionRefusal(
                message,
                fields.isEmpty() ? invalidFields(message) : fields,
                PodSecurityRefusal.parse(message),
                Optional.empty());
    }

    private static List<FieldError> invalidFields(String message) {
        return FIELD.matcher(message)
                .results()
                .map(field -> new FieldError(field.group(), ""))
                .toList();
    }
}
