package io.jenkins.plugins.argopreflight.engine.cluster.admission.podsecurity;

import io.jenkins.plugins.argopreflight.engine.fact.Label;
import java.util.Optional;

/** The levels of the Pod Security Standards, the laxest first. */
public enum Level {
    PRIVILEGED,
    BASELINE,
    RESTRICTED;

    /** The level of a label's value; levels are written in lower case. */
    public static Optional<Level> of(String text) {
        for (Level level : values()) {
            if (level.toString().equals(text)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return Label.of(this);
    }
}
