package io.jenkins.plugins.argopreflight.engine.model.fact;

import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.Optional;

/**
 * A fact that could not be checked: never a verdict.
 *
 * @param fact such as {@code pods in namespace ci}
 * @param reason the reason, in a sentence
 * @param missingRight the right that was missing, if that is the reason; the sentence of the reason contains it
 * @param asked whether the user requested the fact; the absence of any other fact does not change the result
 */
public record Unavailable(String fact, String reason, Optional<Right> missingRight, boolean asked) {

    /** The fact if the API server answered no request, or no request was sent. */
    public static final String CLUSTER = "the cluster";

    /** The fact if no registry was asked. */
    public static final String REGISTRIES = "the registries";

    /** Returns a fact that the user requested. */
    public static Unavailable requested(String fact, String reason, Optional<Right> missingRight) {
        boolean asked = true;
        return new Unavailable(fact, reason, missingRight, asked);
    }

    /** Returns a fact whose absence does not change the result. */
    public static Unavailable optional(String fact, String reason, Optional<Right> missingRight) {
        boolean asked = false;
        return new Unavailable(fact, reason, missingRight, asked);
    }
}
