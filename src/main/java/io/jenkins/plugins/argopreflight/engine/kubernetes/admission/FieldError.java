package io.jenkins.plugins.argopreflight.engine.kubernetes.admission;

/**
 * An error in a field of an object, with the API server's message.
 *
 * @param field the path of the field, such as {@code spec.containers[0].image}
 * @param message such as {@code Required value}
 */
public record FieldError(String field, String message) {

    @Override
    public String toString() {
        return field + ": " + message;
    }
}
