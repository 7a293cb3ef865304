package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import java.util.Map;
import java.util.Optional;

/** What the names in an expression stand for. */
@FunctionalInterface
public interface Variables {

    /** The value of a whole name, such as {@code inputs.parameters.x}. */
    Optional<String> get(String name);

    /** The values of all names below one, by what comes after it: for Argo such a name is an object that holds them. */
    default Map<String, String> below(String name) {
        return Map.of();
    }
}
