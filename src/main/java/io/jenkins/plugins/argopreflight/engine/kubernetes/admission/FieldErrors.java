package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames.NameError;
import io.jenkins.plugins.argopreflight.engine.util.go.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The errors in an object's fields, with the API server's messages; source: k8s.io/apimachinery
 * pkg/util/validation/field/errors.go. Values that are not known yet, {@code {{…}}}, are not checked.
 */
final class FieldErrors {

    private final List<FieldError> errors = new ArrayList<>();

    void required(String path, String detail) {
        errors.add(new FieldError(path, "Required value" + (detail.isEmpty() ? "" : ": " + detail)));
    }

    void forbidden(String path, String detail) {
        errors.add(new FieldError(path, "Forbidden: " + detail));
    }

    void invalid(String path, String value, String detail) {
        add(path, "Invalid value: ", value, ": " + detail);
    }

    /** Adds an error for a value that is not a string, such as a number, in the form of JSON. */
    void invalid(String path, JsonNode value, String detail) {
        errors.add(new FieldError(path, "Invalid value: " + value + ": " + detail));
    }

    void invalid(String path, String name, List<NameError> nameErrors) {
        nameErrors.forEach(error -> invalid(path, name, error.text()));
    }

    void duplicate(String path, String value) {
        add(path, "Duplicate value: ", value, "");
    }

    void notFound(String path, String value) {
        add(path, "Not found: ", value, "");
    }

    void supported(String path, String value, List<String> supported) {
        if (!supported.contains(value)) {
            add(
                    path,
                    "Unsupported value: ",
                    value,
                    supported.stream()
                            .map(GoText::quoted)
                            .collect(Collectors.joining(", ", ": supported values: ", "")));
        }
    }

    private void add(String path, String before, String value, String after) {
        if (!isUnresolved(value)) {
            errors.add(new FieldError(path, before + GoText.quoted(value) + after));
        }
    }

    int count() {
        return errors.size();
    }

    static boolean isUnresolved(String value) {
        return value.contains("{{");
    }

    /** Returns the errors, such as {@code spec.containers[1].image: Invalid value: …}; several in brackets. */
    Optional<String> description() {
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(GoText.aggregate(
                        errors.stream().map(FieldError::toString).toList()));
    }

    /**
     * Returns the refusal of the object because of the errors; empty if there are none.
     *
     * @param kind such as {@code Pod}
     */
    Optional<AdmissionRefusal> refusal(String kind, String name) {
        return description()
                .map(each ->
                        AdmissionRefusal.invalid(kind + " \"" + name + "\"" + AdmissionRefusal.INVALID + each, errors));
    }
}
