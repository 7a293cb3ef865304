package io.jenkins.plugins.argopreflight.engine.model.fact;

import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.Optional;

/**
 * A fact that could not be checked: never a verdict.
 *
 * @param fact such as {@code pods in namespace ci}
 * @param reason the reason, in a sentence
 * @param missingRight the right that was missing, if that is the reason
 * @param asked whether the request asked for the fact; other facts leave the result as it is
 */
public record Unavailable(String fact, String reason, Optional<Right> missingRight, boolean asked) {

    /** The fact if no request to the API server was answered, or none was made. */
    public static final String CLUSTER = "the cluster";

    /** The begin of the fact if Argo's version could not be read, so that another one is assumed. */
    public static final String ASSUMED_VERSION = "Argo's version (taken as ";

    /** The fact if no registry was asked. */
    public static final String REGISTRIES = "the registries";
}
