package io.jenkins.plugins.argopreflight.engine.registry.probe;

import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import java.util.Optional;

/**
 * The error for content from a registry that is missing or cannot be used. The message is the reason, as the rest of a
 * sentence.
 */
public final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Answer> refusal;

    Unreadable(String why) {
        this(why, Optional.empty());
    }

    Unreadable(String why, Optional<Answer> refusal) {
        super(why, null, false, false);
        this.refusal = refusal;
    }

    /** The meaning for a pull if the registry does not serve the content; empty if its answer does not show this. */
    Optional<Answer> refusal() {
        return refusal;
    }
}
