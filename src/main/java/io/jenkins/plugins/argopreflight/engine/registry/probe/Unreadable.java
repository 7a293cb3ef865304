package io.jenkins.plugins.argopreflight.engine.registry.probe;

import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import java.util.Optional;

/** A registry served something that we cannot use, or nothing; the message says why, as the rest of a sentence. */
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

    /** What it means for a pull that the registry serves nothing, where that shows. */
    Optional<Answer> refusal() {
        return refusal;
    }
}
