package io.jenkins.plugins.argopreflight.engine.fact;

import io.jenkins.plugins.argopreflight.engine.kube.Right;
import java.util.Optional;

/**
 * Something that we could not check: never a verdict.
 *
 * @param fact what, such as {@code pods in namespace ci}
 * @param reason why, in a sentence
 * @param missingRight the right that was missing, when that is why
 * @param asked whether the request asked for it; what we would have reported besides leaves the result as it is
 */
public record Unavailable(String fact, String reason, Optional<Right> missingRight, boolean asked) {

    /** The fact when no request to the API server was answered, or none was made. */
    public static final String CLUSTER = "the cluster";

    /** The fact when no registry was asked. */
    public static final String REGISTRIES = "the registries";
}
