package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import io.jenkins.plugins.argopreflight.engine.model.fact.Label;
import java.util.Optional;

/** The levels of the Pod Security Standards, the least strict first. */
public enum Level {
    PRIVILEGED,
    BASELINE,
    RESTRICTED;

    /** Returns the level of a label's value, which is in lower case. */
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
